import { clampWidth } from './columns';

interface Kept {
  /** Keys of the columns in their order; undefined for those of the table itself. */
  chosen?: string[];
  widths: Record<string, number>;
}

/** Which columns of a table a person wants, in which order and how wide, kept on this machine. */
export class ColumnLayout {
  readonly #storageKey: string;
  #kept = $state.raw<Kept>({ widths: {} });

  constructor(table: string) {
    this.#storageKey = `packbench.columns.${table}`;
    this.#kept = read(this.#storageKey);
  }

  get chosen(): readonly string[] | undefined {
    return this.#kept.chosen;
  }
  get widths(): Record<string, number> {
    return this.#kept.widths;
  }
  /** Something is other than the table itself would have it. */
  get own(): boolean {
    return this.#kept.chosen !== undefined || Object.keys(this.#kept.widths).length > 0;
  }

  choose(keys: readonly string[]): void {
    this.#keep({ ...this.#kept, chosen: [...keys] });
  }

  /** Gives a column a width in rem; without one, its own again. */
  resize(key: string, rem?: number): void {
    const widths = Object.fromEntries(Object.entries(this.#kept.widths).filter(([k]) => k !== key));
    if (rem !== undefined) widths[key] = clampWidth(rem);
    this.#keep({ ...this.#kept, widths });
  }

  reset(): void {
    this.#keep({ widths: {} });
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    try {
      localStorage.setItem(this.#storageKey, JSON.stringify(kept));
    } catch {
      // A web view without storage forgets the choice when it closes; nothing else depends on it.
    }
  }
}

function read(storageKey: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Record<keyof Kept, unknown>> | null;
    const chosen = Array.isArray(kept?.chosen) ? kept.chosen.filter((key) => typeof key === 'string') : undefined;
    const widths = Object.entries(kept?.widths ?? {}).flatMap(([key, rem]: [string, unknown]) =>
      typeof rem === 'number' && Number.isFinite(rem) ? [[key, clampWidth(rem)] as const] : [],
    );
    return { ...(chosen?.length && { chosen }), widths: Object.fromEntries(widths) };
  } catch {
    return { widths: {} };
  }
}
