import { describe, expect, it } from 'vitest';
import { lastDays } from './days';

describe('the last days', () => {
  it('begin six days ago and end with tomorrow', () => {
    const days = lastDays(new Date(2026, 2, 2, 23, 59));
    expect(days).toHaveLength(8);
    expect(days[0]).toBe(new Date(2026, 1, 24).getTime());
    expect(days[6]).toBe(new Date(2026, 2, 2).getTime());
    expect(days[7]).toBe(new Date(2026, 2, 3).getTime());
  });

  it('begin at midnight also where the clocks change', () => {
    for (const day of lastDays(new Date(2026, 9, 27, 8))) expect(new Date(day).getHours()).toBe(0);
  });
});
