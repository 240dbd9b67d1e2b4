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
  /** What it is sorted by, where that is not its key. */
  sortBy?: string;
  /**
   * In rem: the column appears when the table is at least this wide; Infinity: only when it is chosen. Wide screens gain
   * columns, not air.
   */
  from?: number;
  /** The text of a plain cell, where the table's `cell` snippet does not draw it. */
  text?: (row: T) => string;
}

export interface Sort {
  key: string;
  descending: boolean;
}

/** Widths that a person can give a column, in rem. */
export const narrowest = 3;
export const widest = 40;
/** What a column without a width of its own counts for where the table scrolls sideways. */
const flexible = 12;
/** The column of the boxes that select rows. */
export const boxWidth = 3;

/** The columns that a table of this width shows. */
export function columnsThatFit<T>(columns: readonly Column<T>[], widthRem: number): Column<T>[] {
  return columns.filter((c) => (c.from ?? 0) <= widthRem);
}

/** The columns of these keys, in the order of the keys. */
export function columnsNamed<T>(columns: readonly Column<T>[], keys: readonly string[]): Column<T>[] {
  return keys.flatMap((key) => columns.find((c) => c.key === key) ?? []);
}

/** The columns of a table: those that were chosen, or those that fit, with the widths that a person gave them. */
export function arranged<T>(
  columns: readonly Column<T>[],
  chosen: readonly string[] | undefined,
  widthRem: number,
  widths: Record<string, number> = {},
): Column<T>[] {
  const shown = chosen ? columnsNamed(columns, chosen) : columnsThatFit(columns, widthRem);
  return shown.map((c) => (widths[c.key] === undefined ? c : { ...c, width: widths[c.key]! }));
}

/** The width, in rem, below which a table of these columns scrolls sideways. */
export function leastWidth<T>(columns: readonly Column<T>[], selectable: boolean): number {
  return columns.reduce((sum, c) => sum + (c.width ?? flexible), selectable ? boxWidth : 0);
}

/** The width of each column as it is drawn: where all have one, the last takes what is left. */
export function drawnWidths(columns: readonly { width?: number }[]): (number | undefined)[] {
  const full = columns.every((c) => c.width !== undefined);
  return columns.map((c, i) => (full && i === columns.length - 1 ? undefined : c.width));
}

/** A width as it is kept: within its bounds, to a tenth. */
export function clampWidth(rem: number): number {
  return Math.round(Math.max(narrowest, Math.min(widest, rem)) * 10) / 10;
}

/** The next order when a head is pressed: down, then up. */
export function toggledSort(now: Sort | undefined, key: string): Sort {
  return { key, descending: now?.key === key ? !now.descending : true };
}

/** A list with one thing taken to another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = list.filter((_, i) => i !== from);
  if (from >= 0 && from < list.length) next.splice(Math.max(0, Math.min(next.length, to)), 0, list[from]!);
  return next;
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
