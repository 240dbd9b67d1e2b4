import { api, onChange } from '$lib/api';
import { t, type PlainKey } from '$lib/i18n';
import { toasts } from '$lib/state/toasts.svelte';
import type { bulk } from '../../../wailsjs/go/models';

export type Run = bulk.Run;
export type Parked = bulk.Parked;
export type Action = 'documents' | 'print' | 'cancel' | 'pack' | 'manifest';
/** Up to so many shipments are done at once; backend/core/bulk says so too. */
export const limit = 1000;

const titles: Record<Action, PlainKey> = {
  documents: 'bulk.run_documents',
  print: 'bulk.run_print',
  cancel: 'bulk.run_cancel',
  pack: 'bulk.run_pack',
  manifest: 'bulk.run_manifest',
};

export const titleOf = (run: Run): string => t(titles[run.action as Action]);

/** "214 of 1,000 done, 3 parked" */
export function progressOf(run: Run): string {
  const { done, total, parked } = run;
  return parked.length
    ? t('bulk.through_parked', { n: parked.length, done, total })
    : t('bulk.through', { done, total });
}

/** The run that goes on behind the screens, whichever is open. */
class Bulk {
  /** Undefined where there is none. */
  run = $state.raw<Run>();
  /** Its dialog stands. */
  shown = $state(false);

  /** Follows the run for as long as a page wants. */
  watch(): () => void {
    void this.refresh();
    return onChange('bulk', () => void this.refresh());
  }

  async refresh(): Promise<void> {
    const now = await api.Bulk.Now().catch(() => undefined);
    if (now) this.run = now.id ? now : undefined;
  }

  /** Begins a run and shows it. Rejects where it is refused. */
  async start(action: Action, ids: string[], kinds: string[] = [], arrangement = ''): Promise<void> {
    this.run = await api.Bulk.Start({ action, ids, kinds, arrangement });
    this.shown = true;
    await this.refresh(); // it may be over before its first word was heard
  }

  /** Begins a run that asks nothing first. */
  async startNow(action: Action, ids: string[]): Promise<void> {
    await this.#told(() => this.start(action, ids));
  }

  stop = () => this.#told(() => api.Bulk.Stop());
  goOn = () => this.#told(() => api.Bulk.Continue());
  again = () => this.#told(() => api.Bulk.Again());

  async forget(): Promise<void> {
    this.shown = false;
    await this.#told(() => api.Bulk.Dismiss());
  }

  async save(place: number): Promise<void> {
    await this.#told(async () => {
      const { path } = await api.Bulk.SaveFile(place);
      if (path) toasts.show(t('bulk.saved', { path }));
    });
  }

  async open(place: number): Promise<void> {
    await this.#told(async () => {
      await api.Bulk.OpenFile(place);
      toasts.show(t('bulk.opened'));
    });
  }

  async #told(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (reason) {
      toasts.fail(reason);
    }
    await this.refresh();
  }
}

export const many = new Bulk();

/** What a helper asks for first, of shipments that were parked, as text for the clipboard. */
export async function parkedDetails(run: Run, parked: readonly Parked[]): Promise<string> {
  const [state, now] = [await api.System.State(), Date.now()];
  const rows = parked.map(({ id, number, code, message }) => ({ shipment: number, id, code, message }));
  return JSON.stringify({ what: run.action, parked: rows, when_ms: now, version: state.version }, null, 2);
}
