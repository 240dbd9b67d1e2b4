/**
 * What was typed in a large unit as whole small ones: "1.5" with 3 digits is 1500. Empty is 0; undefined is not a number
 * from 0 with at most that many digits after the point. Digits are moved, not multiplied, so nothing is rounded.
 */
export function wholeUnits(text: string, digits: number): number | undefined {
  const typed = text.trim();
  if (typed === '') return 0;
  const [, whole, part = ''] = /^(\d{1,6})(?:\.(\d+))?$/.exec(typed) ?? [];
  if (whole === undefined || part.length > digits) return undefined;
  return Number(whole + part.padEnd(digits, '0'));
}

/** The way back, for a field that is edited: 1500 with 3 digits is "1.5", and 0 is nothing typed. */
export function unitsText(units: number | undefined, digits: number): string {
  if (!units) return '';
  const text = String(units).padStart(digits + 1, '0');
  const part = text.slice(text.length - digits).replace(/0+$/, '');
  const whole = text.slice(0, text.length - digits);
  return digits && part ? `${whole}.${part}` : digits ? whole : text;
}
