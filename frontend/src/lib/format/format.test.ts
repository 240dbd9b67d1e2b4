import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatCount,
  formatDate,
  formatDateTime,
  formatDuration,
  formatListTime,
  formatMoney,
  formatRelative,
  formatSize,
  formatTimeSeconds,
  formatWeight,
} from '.';

// The time zone of the tests is set in vite.config.ts: Europe/London.
const at = (text: string) => new Date(text).getTime();
const now = () => at('2025-11-21T14:32:00');

describe('times', () => {
  it.each([
    ['2025-11-21T14:31:59', 'Today 14:31'],
    ['2025-11-21T00:00:00', 'Today 00:00'],
    ['2025-11-20T23:59:59', 'Thu 20 Nov 23:59'],
    ['2025-11-15T08:00:00', 'Sat 15 Nov 08:00'],
    ['2025-11-14T08:00:00', '14 Nov 08:00'],
    ['2025-06-30T09:12:00', '30 Jun 09:12'],
    ['2025-09-02T09:12:00', '2 Sep 09:12'],
    ['2025-03-03T09:12:00', '3 Mar 09:12'],
    ['2024-12-31T23:59:00', '31 Dec 2024 23:59'],
    ['2025-11-22T13:05:00', 'Sat 22 Nov 13:05'],
  ])('%s', (text, expected) => expect(formatDateTime(at(text), now())).toBe(expected));

  it('has a short form for lists', () => {
    expect(formatListTime(at('2025-11-21T14:28:00'), now())).toBe('14:28');
    expect(formatListTime(at('2025-11-20T14:28:00'), now())).toBe('20 Nov');
  });

  it('has a date, a clock and seconds', () => {
    expect(formatDate(at('2026-03-02T12:00:00'), now())).toBe('2 Mar 2026');
    expect(formatClock(now())).toBe('Fri 21 Nov 14:32');
    expect(formatTimeSeconds(at('2025-11-21T04:28:03'))).toBe('04:28:03');
  });
});

describe('lengths of time', () => {
  const min = 60_000;
  it.each([
    [-5, '0 s'],
    [40_999, '40 s'],
    [min, '1 min'],
    [59 * min, '59 min'],
    [60 * min, '1 h'],
    [(9 * 60 + 27) * min, '9 h 27 min'],
    [(22 * 60 + 33) * min, '22 h 33 min'],
    [24 * 60 * min, '1 d'],
    [(6 * 24 + 2) * 60 * min, '6 d 2 h'],
  ])('%d ms', (ms, expected) => expect(formatDuration(ms)).toBe(expected));

  it.each([
    [6 * 24 * 60 * min, 'in 6 days'],
    [24 * 60 * min, 'in 1 day'],
    [-22 * 60 * min, '22 h ago'],
    [-30_000, 'just now'],
    [90 * min, 'in 1 h 30 min'],
  ])('%d ms from now', (ms, expected) => expect(formatRelative(1e12 + ms, 1e12)).toBe(expected));
});

describe('numbers', () => {
  it('groups counts', () => expect(formatCount(184209)).toBe('184,209'));

  it.each([
    [0, '0 g'],
    [42, '42 g'],
    [100, '0.10 kg'],
    [420, '0.42 kg'],
    [1105, '1.105 kg'],
    [3850, '3.85 kg'],
    [21600, '21.60 kg'],
    [1234567, '1,234.567 kg'],
  ])('%d grams', (grams, expected) => expect(formatWeight(grams)).toBe(expected));

  it('writes sizes in centimetres', () => {
    expect(formatSize(300, 200, 150)).toBe('30 × 20 × 15 cm');
    expect(formatSize(305, 5, 1500)).toBe('30.5 × 0.5 × 150 cm');
    expect(formatSize(2740)).toBe('274 cm');
  });

  it.each([
    [9250, 'GBP', '92.50 GBP'],
    [5, 'EUR', '0.05 EUR'],
    [0, 'USD', '0.00 USD'],
    [-1234567, 'GBP', '−12,345.67 GBP'],
    [1500, 'JPY', '1,500 JPY'],
    [12345, 'KWD', '12.345 KWD'],
    [9007199254740991, 'GBP', '90,071,992,547,409.91 GBP'],
  ])('%d %s', (minor, currency, expected) => expect(formatMoney(minor, currency)).toBe(expected));
});
