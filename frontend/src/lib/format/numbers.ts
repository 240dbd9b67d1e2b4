const count = new Intl.NumberFormat('en-GB');

/** 184209 is "184,209". */
export function formatCount(n: number): string {
  return count.format(n);
}

/** Grams as kilograms with at least two digits: 3850 is "3.85 kg", 1105 is "1.105 kg". Below 100 g it stays "42 g". */
export function formatWeight(grams: number): string {
  if (Math.abs(grams) < 100) return `${grams} g`;
  return `${decimal(grams, 3).replace(/0$/, '')} kg`;
}

/** Millimetres as centimetres: 300, 200, 155 is "30 × 20 × 15.5 cm", 2740 alone "274 cm". */
export function formatSize(...sidesMm: number[]): string {
  const cm = sidesMm.map((mm) => decimal(mm, 1).replace(/\.0$/, ''));
  return `${cm.join(' × ')} cm`;
}

/** Currencies of ISO 4217 whose minor unit is not a hundredth. */
const minorDigits: Record<string, number> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Digits after the point that a currency is written with (ISO 4217). */
export function currencyDigits(currency: string): number {
  return minorDigits[currency] ?? 2;
}

/** Minor units and a currency code: 9250, "GBP" is "92.50 GBP". */
export function formatMoney(minor: number, currency: string): string {
  return `${decimal(minor, currencyDigits(currency))} ${currency}`;
}

/** A whole number with the point moved left: 1234567, 2 is "12,345.67". No floats, so no rounding. */
function decimal(units: number, digits: number): string {
  const sign = units < 0 ? '−' : '';
  const text = String(Math.abs(units)).padStart(digits + 1, '0');
  const whole = count.format(BigInt(text.slice(0, text.length - digits)));
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(-digits)}`;
}
