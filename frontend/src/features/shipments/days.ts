import { formatDate } from '$lib/format';
import { t, type PlainKey } from '$lib/i18n';
import type { ListQuery } from './view';

/** Days that move with the calendar; backend/core/savedview knows the same. */
export const movingDays = ['today', 'yesterday', '7d', '30d'] as const;
type MovingDay = (typeof movingDays)[number];

const words: Record<MovingDay, PlainKey> = {
  today: 'table.today',
  yesterday: 'table.yesterday',
  '7d': 'table.week',
  '30d': 'table.month',
};

export const dayWord = (day: MovingDay): string => t(words[day]);

function isMoving(day: string): day is MovingDay {
  return (movingDays as readonly string[]).includes(day);
}

/** The first moment of a day of this machine's time zone, `by` days away from now or from the day. */
function start(by: number, day?: string): number | undefined {
  const [year, month, date] =
    day
      ?.match(/^(\d{4})-(\d\d)-(\d\d)$/)
      ?.slice(1)
      .map(Number) ?? [];
  if (day !== undefined && (year === undefined || month === undefined || date === undefined)) return undefined;
  const now = new Date();
  const at = day === undefined ? now : new Date(year!, month! - 1, date!);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + by).getTime();
}

/** When the shipments of an address were created: from, included, to, excluded; 0 where it does not say. */
export function rangeOf({ since = '', until = '' }: ListQuery): { from_ms: number; to_ms: number } {
  switch (since) {
    case 'today':
      return { from_ms: start(0)!, to_ms: 0 };
    case 'yesterday':
      return { from_ms: start(-1)!, to_ms: start(0)! };
    case '7d':
      return { from_ms: start(-6)!, to_ms: 0 };
    case '30d':
      return { from_ms: start(-29)!, to_ms: 0 };
    default:
      return { from_ms: start(0, since) ?? 0, to_ms: start(1, until) ?? 0 };
  }
}

/** The days of an address as words: "since 12 Nov", "12 Nov to 14 Nov"; "" for any. */
export function daysWord({ since = '', until = '' }: ListQuery): string {
  if (isMoving(since)) return dayWord(since);
  const [from, to] = [start(0, since), start(0, until)];
  if (from !== undefined && to !== undefined) {
    return from === to ? formatDate(from) : t('table.from_to', { from: formatDate(from), to: formatDate(to) });
  }
  if (from !== undefined) return t('table.since', { day: formatDate(from) });
  return to === undefined ? '' : t('table.until', { day: formatDate(to) });
}
