import { api, toApiError, type ApiError } from '$lib/api';
import type { desktop, importing } from '../../../wailsjs/go/models';

type Columns = Record<string, string>;
/** What is made of a file. */
type Made = 'making' | 'keeping';

/** One file on its way to labels or drafts: how it is read and matched, and what came of it. */
export class ImportSession {
  file = $state.raw<desktop.ImportFile>();
  /** field → heading of its column */
  columns = $state<Columns>({});
  /** field → what holds for every row */
  fixed = $state<Columns>({});
  report = $state.raw<desktop.ImportReport>();
  /** What the report is of; a change of the mapping makes it stale. */
  ran = $state<'' | Made>('');
  busy = $state<'' | 'reading' | 'checking' | Made>('');
  progress = $state({ done: 0, total: 0 });
  error = $state.raw<ApiError>();

  choose = () => this.#read(() => api.Imports.Choose());
  reread = (how: importing.Format) => this.#read(() => api.Imports.Reread(how));

  async #read(ask: () => Promise<desktop.ImportFile>) {
    await this.#while('reading', async () => {
      const file = await ask();
      if (!file.name) return;
      this.file = file;
      this.columns = { ...file.mapping.columns };
      this.fixed = { ...file.mapping.fixed };
      this.forget();
    });
  }

  /** Makes a column a field; a field has one column, a column one field. "" takes the column out. */
  match(heading: string, field: string) {
    this.columns = Object.fromEntries(
      Object.entries(this.columns).filter(([key, column]) => column !== heading && key !== field),
    );
    if (field) this.columns[field] = heading;
    this.forget();
  }

  fieldOf(heading: string): string {
    return Object.entries(this.columns).find(([, column]) => column === heading)?.[0] ?? '';
  }

  fix(field: string, value: string | undefined) {
    const others = Object.entries(this.fixed).filter(([key]) => key !== field);
    this.fixed = Object.fromEntries(value === undefined ? others : [...others, [field, value]]);
    this.forget();
  }

  forget() {
    this.report = undefined;
    this.ran = '';
  }

  check = (account: string) => this.#pass('checking', () => api.Imports.Try(account, this.mapping()));
  run = (account: string) => this.#pass('making', () => api.Imports.Run(account, this.mapping()));
  keep = (account: string) => this.#pass('keeping', () => api.Imports.Keep(account, this.mapping()));
  /** Keeps what could not be bought as drafts that wait for their courier. */
  wait = (account: string) => this.#pass('keeping', () => api.Imports.Wait(account, this.mapping()));
  stop = () => void api.Imports.Stop();

  async put(row: number, column: string, value: string, account: string) {
    await this.#while('checking', () => api.Imports.Fix(row, column, value));
    if (!this.error) await this.check(account);
  }

  /** Text in cells that say nothing is no value. */
  mapping(): importing.Mapping {
    const fixed = Object.fromEntries(Object.entries(this.fixed).filter(([, value]) => value.trim() !== ''));
    return { columns: { ...this.columns }, fixed };
  }

  async #pass(what: 'checking' | Made, ask: () => Promise<desktop.ImportReport>) {
    this.progress = { done: 0, total: 0 };
    await this.#while(what, async () => {
      this.report = await ask();
      this.ran = what === 'checking' ? '' : what;
    });
  }

  async #while(what: ImportSession['busy'], work: () => Promise<void>) {
    this.busy = what;
    this.error = undefined;
    try {
      await work();
    } catch (reason) {
      this.error = toApiError(reason);
    } finally {
      this.busy = '';
    }
  }
}
