import { trim } from './validate';

/*
 * The rules of names and typed secrets, as the server has them (backend/core/account, backend/core/auth): each answers a
 * sentence, or "" when the value may be saved. Both run backend/core/account/testdata/rule_vectors.json. What only the
 * server can know, such as a name that is taken, it says itself.
 */

const nameMax = 50;
const joiners = /[\u200c\u200d]/gu;
const unseen = /[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\u200c\u200d]/u;

/** `what` begins the sentence: "A group's name". */
function checkName(what: string, value: string): string {
  const name = trim(value).normalize('NFC');
  const length = [...name].length;
  if (!length) return `${what} is needed: 1 to ${nameMax} characters.`;
  if (length > nameMax) return `${what} may have at most ${nameMax} characters; this one has ${length}.`;
  const hidden = unseen.exec(name)?.[0].codePointAt(0);
  if (hidden !== undefined) {
    const code = hidden.toString(16).toUpperCase().padStart(4, '0');
    return `${what} may hold only characters that can be seen; take out U+${code}.`;
  }
  return trim(name.normalize('NFKC').replace(joiners, '')) ? '' : `${what} needs characters that can be seen.`;
}

export const checkGroupName = (value: string) => checkName("A group's name", value);
export const checkTokenName = (value: string) => checkName("A token's name", value);

/** An account's name is its api-user, which Basic authentication ends at the first colon. */
export function checkAccountName(value: string): string {
  const wrong = checkName("An account's name", value);
  if (wrong || !value.includes(':')) return wrong;
  return "An account's name may not hold a colon: it is the api-user, and Basic authentication ends that at the first colon.";
}

/** A company may be left out. */
export function checkCompany(value: string): string {
  const wrong = trim(value) ? checkName('A company', value) : '';
  if (wrong || !value.includes('_')) return wrong;
  return 'A company may not hold an underscore, because order systems join names with it. Use a hyphen or a space.';
}

const secretMin = 16;
const secretMax = 255;
const ownPrefixes = ['pkt_live_', 'pkt_test_', 'pka_live_', 'pka_test_'];

/** A secret that is typed in, to be kept as one of the wanted prefixes' kind. Check characters are the server's to prove. */
function checkTyped(value: string, wanted: readonly string[]): string {
  if (/[^!-~]/u.test(value)) {
    return 'Use printable ASCII characters without spaces only: HTTP headers carry no others safely.';
  }
  const has = `This has ${value.length} characters and`;
  if (value.length < secretMin) return `${has} needs at least ${secretMin}, so that it can't be guessed.`;
  if (value.length > secretMax) return `${has} may have at most ${secretMax}.`;
  const prefix = ownPrefixes.find((p) => value.startsWith(p));
  if (!prefix || wanted.includes(prefix) || value.length !== prefix.length + 49) return '';
  return `This starts with ${prefix}, but what is made here starts with ${wanted.join(' or ')}. Bring along a value of the same kind, or leave it out to have one made.`;
}

export const checkKeyValue = (value: string) => checkTyped(value, ['pka_live_', 'pka_test_']);
export const checkTokenValue = (value: string, testing: boolean) =>
  checkTyped(value, [testing ? 'pkt_test_' : 'pkt_live_']);
