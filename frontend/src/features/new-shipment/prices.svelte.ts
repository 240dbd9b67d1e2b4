import { untrack } from 'svelte';
import { api, toApiError } from '$lib/api';
import type { courier } from '../../../wailsjs/go/models';
import type { Json } from './order';

/** What prices are asked of. */
export interface Question {
  account: string;
  order: Json;
}

/** Time without typing after which the courier is asked. */
const restMs = 1_000;

/** Errors that have their place elsewhere: what is missing yet stands at its fields, a courier without prices says nothing. */
const silent = ['invalid', 'malformed', 'not_found', 'not_offered'];

/**
 * What the courier would carry the order for, asked when typing rests. The program asks the courier only for an order that
 * could be bought; a new question ends the one before it.
 */
export class Prices {
  offers = $state.raw<readonly courier.Offer[]>([]);
  /** Why there is none, where that is worth a sentence. */
  failure = $state('');
  asking = $state(false);
  /** What stands here is of the order as it is now. */
  fresh = $state(false);
  #question: () => Question | undefined;
  #latest = 0;

  /** Call it while a component is made. `question` reads the state it depends on; undefined: there is nothing to ask. */
  constructor(question: () => Question | undefined) {
    this.#question = question;
    const key = $derived.by(() => {
      const asked = question();
      return asked && JSON.stringify([asked.account, priced(asked.order)]);
    });
    $effect(() => {
      untrack(() => this.#end());
      if (!key) {
        this.#tell([]);
        return;
      }
      const rest = setTimeout(() => void this.ask(), restMs);
      return () => clearTimeout(rest);
    });
    $effect(() => () => this.#end());
  }

  /** The offer that the order as it is would be bought by. */
  get chosen(): courier.Offer | undefined {
    return this.offers.find((offer) => offer.chosen);
  }

  async ask(): Promise<void> {
    const asked = this.#question();
    if (!asked) return;
    const mine = ++this.#latest;
    this.asking = true;
    try {
      const offers = await api.Prices.Of(asked.account, JSON.stringify(asked.order));
      if (mine === this.#latest) this.#tell(offers);
    } catch (reason) {
      const { code, message } = toApiError(reason);
      if (mine === this.#latest) this.#tell([], silent.includes(code) ? '' : message);
    }
  }

  #tell(offers: readonly courier.Offer[], failure = '') {
    this.offers = offers;
    this.failure = failure;
    this.asking = false;
    this.fresh = true;
  }

  /** What is under way is of an order that has changed. */
  #end() {
    this.#latest++;
    this.fresh = false;
    if (this.asking) void api.Prices.Stop().catch(() => undefined);
    this.asking = false;
  }
}

/** What of an order no price depends on. */
const beside = ['reference', 'reference_2', 'gift_note', 'delivery_instructions', 'label_size', 'label_format'];

function priced(order: Json): Json {
  const said = Object.entries(order.shipment as Json).filter(([key]) => !beside.includes(key));
  return { ...order, shipment: Object.fromEntries(said) };
}

/** The options of an order that is carried as offered: what other offers say is taken back. */
export function optionsOf(
  offer: courier.Offer,
  offers: readonly courier.Offer[],
  options: Record<string, string>,
): Record<string, string> {
  const choosing = offers.flatMap((other) => Object.keys(other.options ?? {}));
  const kept = Object.entries(options).filter(([key]) => !choosing.includes(key));
  return { ...Object.fromEntries(kept), ...offer.options };
}
