/** The beginnings of the last seven days of this machine's calendar, today's last, and of tomorrow. */
export function lastDays(now = new Date()): number[] {
  return Array.from({ length: 8 }, (_, i) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - 6 + i).getTime(),
  );
}
