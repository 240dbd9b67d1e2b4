/** Times are Unix milliseconds UTC and are shown in the time zone of this machine. `now` is for tests. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const clockSeconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', hourCycle: 'h23' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** "14:31" */
export function formatTime(ms: number): string {
  return clock.format(ms);
}

/** "14:28:03" */
export function formatTimeSeconds(ms: number): string {
  return clockSeconds.format(ms);
}

/** "21 Nov", with the year when it is not this one: "3 Mar 2025". */
export function formatDate(ms: number, now = Date.now()): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayMonth : dayMonthYear).format(ms).replace('Sept', 'Sep');
}

/** "Today 14:31", within a week "Wed 19 Nov 16:44", else "30 Jun 09:12". */
export function formatDateTime(ms: number, now = Date.now()): string {
  const days = calendarDays(ms, now);
  if (days === 0) return `Today ${formatTime(ms)}`;
  const date = formatDate(ms, now);
  const near = Math.abs(days) < 7 ? `${weekday.format(ms)} ` : '';
  return `${near}${date} ${formatTime(ms)}`;
}

/** "Fri 21 Nov 14:32", for the clock of the status bar. */
export function formatClock(ms: number): string {
  return `${weekday.format(ms)} ${formatDate(ms, ms)} ${formatTime(ms)}`;
}

/** In a list: the time today, the date before. */
export function formatListTime(ms: number, now = Date.now()): string {
  return calendarDays(ms, now) === 0 ? formatTime(ms) : formatDate(ms, now);
}

/** A length of time in its two largest parts: "9 h 27 min", "6 d 2 h", "40 s". */
export function formatDuration(ms: number): string {
  const left = Math.max(0, ms);
  if (left < minute) return `${Math.floor(left / 1000)} s`;
  if (left < hour) return `${Math.floor(left / minute)} min`;
  if (left < day) return joined(left, hour, 'h', minute, 'min');
  return joined(left, day, 'd', hour, 'h');
}

/** "in 6 days", "22 h ago", "just now". */
export function formatRelative(ms: number, now = Date.now()): string {
  const away = ms - now;
  const size = Math.abs(away);
  if (size < minute) return 'just now';
  const days = Math.floor(size / day);
  const text = days >= 2 ? `${days} days` : days === 1 ? '1 day' : formatDuration(size);
  return away > 0 ? `in ${text}` : `${text} ago`;
}

function joined(left: number, big: number, bigName: string, small: number, smallName: string): string {
  const bigs = Math.floor(left / big);
  const smalls = Math.floor((left % big) / small);
  return smalls ? `${bigs} ${bigName} ${smalls} ${smallName}` : `${bigs} ${bigName}`;
}

function calendarDays(ms: number, now: number): number {
  const a = new Date(ms).setHours(0, 0, 0, 0);
  const b = new Date(now).setHours(0, 0, 0, 0);
  return Math.round((a - b) / day);
}
