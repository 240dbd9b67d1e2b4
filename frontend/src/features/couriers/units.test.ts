import { describe, expect, it } from 'vitest';
import { wholeUnits } from './units';

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
