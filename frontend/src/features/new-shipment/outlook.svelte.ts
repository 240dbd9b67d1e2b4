import { api } from '$lib/api';
import { typingPauseMs } from '$lib/form/store.svelte';
import type { shipment } from '../../../wailsjs/go/models';

/** Time without typing after which the program looks at the order again. */
const restMs = 120;

/**
 * What the program says of an order while it is typed: the same sentences as the purchase would give. A field complains
 * once it was left or its typing pauses.
 */
export class Outlook {
  said = $state.raw<shipment.Outlook>();
  #errors = $state.raw<Record<string, string>>({});
  #left = $state<Record<string, boolean>>({});
  #all = $state(false);
  #pauses: Record<string, ReturnType<typeof setTimeout>> = {};

  /** Call it while a component is made. `ask` reads the state it depends on. */
  constructor(ask: () => { account: string; body: string }, fieldOf: (path: string) => string) {
    let latest = 0;
    $effect(() => {
      const { account, body } = ask();
      const mine = ++latest;
      const rest = setTimeout(() => {
        api.Shipments.Outlook(account, body)
          .then((said) => {
            if (mine !== latest) return;
            this.said = said;
            this.#errors = Object.fromEntries(said.fields.map((f) => [fieldOf(f.path), f.message]));
          })
          .catch(() => undefined); // what it would say, the purchase says too
      }, restMs);
      return () => clearTimeout(rest);
    });
    $effect(() => () => Object.values(this.#pauses).forEach(clearTimeout));
  }

  error(field: string): string | undefined {
    return this.#all || this.#left[field] ? this.#errors[field] : undefined;
  }

  leave(field: string): void {
    if (field) this.#left[field] = true;
  }

  type(field: string): void {
    clearTimeout(this.#pauses[field]);
    this.#pauses[field] = setTimeout(() => this.leave(field), typingPauseMs);
  }

  /** Every field may complain: the order was sent. */
  leaveAll(): void {
    this.#all = true;
  }

  /** Another order: nothing was left yet, and what was said is not said of this one. */
  reset(): void {
    this.#errors = {};
    this.#left = {};
    this.#all = false;
  }
}
