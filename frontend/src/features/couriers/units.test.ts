import { describe, expect, it } from 'vitest';
import { unitsText, wholeUnits } from './units';

describe('wholeUnits', () => {
  it.each([
    ['', 3, 0],
    ['30', 3, 30_000],
    [' 1.5 ', 3, 1500],
    ['0.001', 3, 1],
    ['27.4', 1, 274],
    ['0', 1, 0],
  ])('reads %o with %i digits', (text, digits, units) => expect(wholeUnits(text, digits)).toBe(units));

  it.each([
    ['1.0005', 3],
    ['27.44', 1],
    ['-1', 3],
    ['1,5', 3],
    ['.5', 3],
    ['1e3', 3],
    ['12345678', 3],
  ])('refuses %o with %i digits', (text, digits) => expect(wholeUnits(text, digits)).toBeUndefined());
});

describe('unitsText', () => {
  it.each([
    [undefined, 3, ''],
    [0, 3, ''],
    [30_000, 3, '30'],
    [1500, 3, '1.5'],
    [1, 3, '0.001'],
    [274, 1, '27.4'],
    [1200, 0, '1200'],
    [25_050, 2, '250.5'],
  ])('writes %o with %i digits', (units, digits, text) => {
    expect(unitsText(units, digits)).toBe(text);
    expect(wholeUnits(text, digits)).toBe(units ?? 0);
  });
});
