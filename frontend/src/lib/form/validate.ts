import type { Field } from './descriptor';

/**
 * Checks one value of a descriptor form and answers a sentence, or "" when it may be saved. White space at both ends does
 * not count. The server has the same rules; both run backend/core/courier/testdata/field_vectors.json.
 */
export function validate(field: Field, value: string): string {
  const given = trim(value);
  if (given === '') return field.required ? `${field.label} is required.` : '';
  if (/\p{Cc}/u.test(given)) {
    return `${field.label} has a line break or another control character in it. Use one line of plain text.`;
  }
  return ofKind(field, given) || ofLength(field, given) || ofPattern(field, given);
}

/** White space as Go's unicode.IsSpace has it; String.trim differs in U+0085 and U+FEFF. */
const space = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const spaceAround = new RegExp(`^${space}|${space}$`, 'gu');

/** Takes white space off both ends, as the server does before it keeps a value. */
export function trim(value: string): string {
  return value.replace(spaceAround, '');
}

function ofKind(field: Field, value: string): string {
  switch (field.kind) {
    case 'number':
      return /^[0-9]+$/.test(value) ? '' : `${field.label} must be a whole number in digits, like 1000.`;
    case 'bool':
      return value === 'true' || value === 'false' ? '' : `${field.label} must be true or false.`;
    case 'choice': {
      const values = (field.options ?? []).map((o) => o.value);
      return values.includes(value) ? '' : `${field.label} must be one of: ${values.join(', ')}.`;
    }
    case 'url':
      return httpsAddress.test(value) ? '' : `${field.label} must be an https address, like https://api.example.com.`;
    case 'text':
    case 'secret':
      return '';
  }
}

/** https, a host of DNS labels, an optional port, path and query; no user name and no fragment. */
const httpsAddress =
  /^https:\/\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[0-9]{1,5})?(?:[/?][^\s#]*)?$/i;

function ofLength(field: Field, value: string): string {
  const min = field.min_length ?? 0;
  const max = field.max_length ?? 0;
  const n = [...value].length;
  const has = `${field.label} has ${n} ${n === 1 ? 'character' : 'characters'}`;
  if (min > 0 && min === max && n !== min) return `${has} and needs exactly ${min}.`;
  if (n < min) return `${has} and needs at least ${min}.`;
  if (max > 0 && n > max) return `${has} and may have at most ${max}.`;
  return '';
}

function ofPattern(field: Field, value: string): string {
  if (!field.pattern || new RegExp(`^(?:${field.pattern})$`, 'u').test(value)) return '';
  if (field.pattern_hint) return `${field.label} must be ${field.pattern_hint}.`;
  return `${field.label} is not in the form that this courier expects.`;
}
