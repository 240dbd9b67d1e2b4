/** One column of a table of T. */
export interface Column<T> {
  key: string;
  /** The head; read out even where `icon` stands for it. */
  label: string;
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

/** The next order when a head is pressed: down, up. */
export function toggledSort(now: Sort | undefined, key: string): Sort {
  return { key, descending: now?.key === key ? !now.descending : true };
}

/** The selection after a row is pressed with Shift held: everything from the anchor to it. */
export function selectedRange(keys: readonly string[], anchor: string, to: string): string[] {
  const [a, b] = [keys.indexOf(anchor), keys.indexOf(to)].sort((x, y) => x - y) as [number, number];
  return a < 0 ? [to] : keys.slice(a, b + 1);
}
