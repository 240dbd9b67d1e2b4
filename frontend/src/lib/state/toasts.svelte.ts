import { toApiError } from '$lib/api/errors';

export interface Toast {
  id: number;
  text: string;
  tone: 'info' | 'alert';
  /** Offered as a button and as the key Z. */
  undo?: () => void | Promise<void>;
  /** Another action than undo. */
  action?: { label: string; run: () => void };
  /** Seconds until it goes; counts down only while nobody is on it. */
  left: number;
}

type Options = Partial<Pick<Toast, 'undo' | 'action' | 'tone'>>;

/** Seconds that a toast stays: longer when there is something to press. */
const stays = 5;
const staysWithAction = 10;

class Toasts {
  list = $state<Toast[]>([]);
  held = $state(false);
  #next = 1;

  show(text: string, options: Options = {}): void {
    const left = options.undo || options.action ? staysWithAction : stays;
    // Three at most, the newest last: more would hide the page.
    this.list = [...this.list, { id: this.#next++, text, tone: 'info' as const, ...options, left }].slice(-3);
  }

  /** Says that something failed; errors of the program bring their own sentence. */
  fail(reason: unknown, fallback?: string): void {
    const error = toApiError(reason);
    this.show(error.code === 'internal' && fallback ? fallback : error.message, { tone: 'alert' });
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  async undo(toast: Toast): Promise<void> {
    this.close(toast.id);
    try {
      await toast.undo?.();
    } catch (reason) {
      this.fail(reason);
    }
  }

  /** One second passes. */
  tick(): void {
    if (this.held) return;
    for (const toast of this.list) toast.left--;
    this.list = this.list.filter((toast) => toast.left > 0);
  }
}

export const toasts = new Toasts();
