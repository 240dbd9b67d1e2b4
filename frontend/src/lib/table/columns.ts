import type { IconName } from '$lib/ui/icons';

/** One column of a table of T. */
export interface Column<T> {
  key: string;
  /** The head; read out even where `icon` stands for it. */
  label: string;
  /** Stands for the label in the head of a narrow column. */
  icon?: IconName;
  /** In rem; a column without one takes what is left. */
  width?: number;
  end?: boolean;
  sortable?: boolean;
  /** In rem: the column appears when the table is at least this wide. Wide screens gain columns, not air. */
  from?: number;
  /** The text of a plain cell, where the table's `cell` snippet does not draw it. */
  text?: (row: T) => string;
}

export interface Sort {
  key: string;
  descending: boolean;
}

/** The columns that a table of this width shows. */
export function columnsThatFit<T>(columns: readonly Column<T>[], widthRem: number): Column<T>[] {
  return columns.filter((c) => (c.from ?? 0) <= widthRem);
}

/** The next order when a head is pressed: down, then up. */
export function toggledSort(now: Sort | undefined, key: string): Sort {
  return { key, descending: now?.key === key ? !now.descending : true };
}

/** The row that a key leads to; the first one when none was current. */
export function movedIndex(at: number, by: number, count: number): number {
  return at < 0 ? 0 : Math.max(0, Math.min(count - 1, at + by));
}

/** The selection with one row turned over. */
export function toggledRow(selected: readonly string[], key: string): string[] {
  return selected.includes(key) ? selected.filter((k) => k !== key) : [...selected, key];
}

/** The selection with everything between the anchor and a row; the row alone when the anchor is gone. */
export function withRange(selected: readonly string[], keys: readonly string[], anchor: string, to: string): string[] {
  const [a, b] = [keys.indexOf(anchor), keys.indexOf(to)].sort((x, y) => x - y) as [number, number];
  return [...new Set([...selected, ...(a < 0 ? [to] : keys.slice(a, b + 1))])];
}
