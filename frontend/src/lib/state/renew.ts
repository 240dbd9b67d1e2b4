import type { PageOf } from './pages.svelte';

/** A page as it was fetched. */
export interface LoadedPage<T> {
  /** Of its beginning. */
  cursor: string;
  items: T[];
  /** The program has told of changes since. */
  stale: boolean;
}

/**
 * What stands now between a page's beginning and the page after it, out of what was fetched from that beginning on;
 * undefined where the fetched rows don't reach so far. The end is where the next page begins, known by its cursor, or by
 * two rows that still stand side by side: one alone may have moved.
 */
export function renewed<T>(
  page: LoadedPage<T>,
  after: LoadedPage<T> | undefined,
  fetched: PageOf<T>,
  key: (row: T) => unknown,
): T[] | undefined {
  if (!after || fetched.next === after.cursor) return fetched.items;
  const keys = fetched.items.map(key);
  const [first, second] = after.items.slice(0, 2).map(key);
  const last = page.items.length ? key(page.items[page.items.length - 1]!) : undefined;
  const at = keys.indexOf(first);
  const beside = at >= 0 && ((at > 0 && keys[at - 1] === last) || (at + 1 < keys.length && keys[at + 1] === second));
  return beside ? fetched.items.slice(0, at) : undefined;
}

/** The same rows in the same order, each as it was fetched last. */
export function updated<T>(items: readonly T[], fetched: readonly T[], key: (row: T) => unknown): T[] {
  const newer = new Map(fetched.map((row) => [key(row), row]));
  return items.map((row) => newer.get(key(row)) ?? row);
}

/** How many rows are not among those that were there. */
export function newOnes<T>(fetched: readonly T[], there: readonly T[], key: (row: T) => unknown): number {
  const known = new Set(there.map(key));
  return fetched.filter((row) => !known.has(key(row))).length;
}
