import { api, onChange } from '$lib/api';
import { toApiError, type ApiError } from '$lib/api/errors';
import type { draft } from '../../../wailsjs/go/models';

/** Buying many drafts: how far it is, and what came of them. */
export class Buying {
  busy = $state(false);
  done = $state(0);
  total = $state(0);
  report = $state.raw<draft.Report>();
  error = $state.raw<ApiError>();
  waits = $state.raw<draft.Waits>();

  /** Call it while a component is made. */
  constructor() {
    $effect(() =>
      onChange('drafts-bought', (text) => {
        const [done = 0, total = 0] = text.split('/').map(Number);
        this.done = done;
        this.total = total;
      }),
    );
  }

  /** Those of the report that only the courier's absence kept from being bought. */
  get away(): string[] {
    return this.report?.lines.filter((line) => line.code === 'unavailable').map((line) => line.id) ?? [];
  }

  /** Lets them wait until the courier answers. */
  async wait(): Promise<void> {
    try {
      this.waits = await api.Drafts.Wait(this.away);
      this.report = undefined;
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }

  async run(ids: readonly string[]): Promise<void> {
    this.busy = true;
    this.done = 0;
    this.total = ids.length;
    this.report = undefined;
    this.error = undefined;
    this.waits = undefined;
    try {
      this.report = await api.Drafts.BuyAll([...ids]);
    } catch (reason) {
      this.error = toApiError(reason);
    } finally {
      this.busy = false;
    }
  }

  stop(): void {
    void api.Drafts.Stop();
  }
}
