import { api, onChange, toApiError, type ApiError } from '$lib/api';
import type { audit } from '../../../wailsjs/go/models';

/** A verification of the audit: one at a time, gone with its page. */
export class Check {
  running = $state(false);
  done = $state(0);
  total = $state(0);
  verdict = $state.raw<audit.Verdict | undefined>();
  error = $state.raw<ApiError | undefined>();
  #stopped = false;

  async run(): Promise<void> {
    if (this.running) return;
    this.hide();
    Object.assign(this, { running: true, done: 0, total: 0 });
    this.#stopped = false;
    const off = onChange('audit-check', (said) => {
      const [done = 0, total = 0] = said.split('/').map(Number);
      Object.assign(this, { done, total });
    });
    try {
      this.verdict = await api.Activity.VerifyAudit();
    } catch (reason) {
      if (!this.#stopped) this.error = toApiError(reason);
    } finally {
      off();
      this.running = false;
    }
  }

  stop(): void {
    if (!this.running) return;
    this.#stopped = true;
    void api.Activity.StopVerifyAudit();
  }

  hide(): void {
    this.verdict = undefined;
    this.error = undefined;
  }
}
