const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** "United Kingdom" for GB; what is no code of two letters stays as it is. */
export function countryName(code: string): string {
  try {
    return (code && names.of(code)) || code;
  } catch {
    return code;
  }
}
