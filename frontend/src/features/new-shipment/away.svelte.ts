import { api } from '$lib/api';
import type { ApiError } from '$lib/api/errors';
import { calm } from '$lib/state/calm';
import type { health, shipment } from '../../../wailsjs/go/models';
import { courierHealth } from '../couriers/health.svelte';
import type { Buyer } from './buyer.svelte';

/** An order that is typed on must not ask for its alternatives at every key. */
const restMs = 300;

/**
 * What stands in the way of sending an order by the chosen auth now: its courier is away, or could not take the order when
 * it was sent. And what other couriers would take it.
 */
export class Away {
  others = $state.raw<readonly shipment.Alternative[]>();
  #buyer: Buyer;
  #health = courierHealth();
  #failed = $state.raw<{ auth: string; error: ApiError; atMs: number }>();

  /** Call it while a component is made. `order` reads the state it depends on. */
  constructor(buyer: Buyer, order: () => { account: string; body: string }) {
    this.#buyer = buyer;
    let wanted = { account: '', body: '' };
    const ask = calm(() => {
      const mine = wanted;
      void api.Shipments.Alternatives(mine.account, mine.body)
        .then((list) => {
          if (mine === wanted) this.others = list;
        })
        .catch(() => undefined); // an order that can't be read has no other way either
    }, restMs);
    $effect(() => {
      if (!this.here) {
        this.others = undefined;
        return;
      }
      wanted = order();
      ask.run();
    });
    $effect(() => ask.stop);
  }

  /** The chosen auth's courier is away, or refused for the moment. */
  get here(): boolean {
    return this.report?.state === 'away' || this.failure !== undefined;
  }

  get report(): health.Report | undefined {
    return this.#health.of(this.#buyer.auth);
  }

  /** Why the order could not be sent by this auth, as long as the courier has not answered since. */
  get failure(): ApiError | undefined {
    const failed = this.#failed;
    if (!failed || failed.auth !== this.#buyer.auth?.id) return undefined;
    const answered = this.report?.state === 'answering' && this.report.last_success_ms > failed.atMs;
    return answered ? undefined : failed.error;
  }

  /** The error is told here, and needs no other place. */
  tells(error: ApiError): boolean {
    return error === this.#failed?.error;
  }

  /** The order was sent, and this is what came of it. */
  told(error: ApiError | undefined): void {
    const auth = this.#buyer.auth;
    this.#failed =
      error?.code === 'unavailable' && auth && !this.#buyer.courier?.local
        ? { auth: auth.id, error, atMs: Date.now() }
        : undefined;
  }
}
