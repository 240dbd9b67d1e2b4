import { api } from '$lib/api';
import { href } from '$lib/router';
import type { Fetched } from '$lib/state/pages.svelte';
import type { desktop } from '../../../wailsjs/go/models';
import { pageSize, type Filter, type ListQuery, type Row } from './view';

/** A list as its reader left it. */
interface Left {
  /** Its address. */
  own: ListQuery;
  filter: Filter;
  fetched: Fetched<Row>;
  total: desktop.ShipmentCount | undefined;
}

/** Where a shipment stands in the list. */
export interface TrailPlace {
  /** From 1. */
  at: number;
  total: desktop.ShipmentCount | undefined;
  before: boolean;
  after: boolean;
}

/**
 * The list from which the reader went to the page of a shipment: from there the one before and the one after are a key
 * away, in the list's order, and the list stands where it was when the reader comes back. It stays as it was left, so that
 * a shipment that no longer fits its filter (printed now, say) does not throw the reader off; what was not fetched yet is,
 * page by page.
 */
class Trail {
  #list = $state.raw<Left>();
  /** The shipment looked at last; 0 for none since the list was left. */
  #number = 0;
  readonly #rows = $derived(this.#list?.fetched.pages.flatMap((page) => page.items) ?? []);
  readonly #places = $derived(new Map(this.#rows.map((row, i) => [row.number, i])));

  /** The list is left. */
  leave(list: Left): void {
    this.#list = list;
    this.#number = 0;
  }

  /** The list's address; that of all shipments where nobody came from a list. */
  get back(): string {
    return href('shipments', this.#list?.own);
  }

  /** The way back from a shipment of this list: what it had fetched, and the row to go on at. It is given once. */
  return(own: ListQuery, filter: Filter): { fetched: Fetched<Row>; at: string | undefined } | undefined {
    const list = this.#list;
    const at = this.#places.get(this.#number);
    this.#number = 0;
    if (!list || at === undefined || this.back !== href('shipments', own)) return undefined;
    if (JSON.stringify(list.filter) !== JSON.stringify(filter)) return undefined; // "today" was another day
    return { fetched: list.fetched, at: this.#rows[at]?.id };
  }

  /** Where a shipment stands; undefined where it is not in the list. */
  placeOf(number: number): TrailPlace | undefined {
    const i = this.#places.get(number);
    if (i === undefined) return undefined;
    const list = this.#list!;
    return {
      at: i + 1,
      total: list.total,
      before: i > 0,
      after: i + 1 < this.#rows.length || list.fetched.next !== '',
    };
  }

  /** Notes that a shipment is looked at, and fetches what comes behind it in time. */
  see(number: number): void {
    const i = this.#places.get(number);
    if (i === undefined) return;
    this.#number = number;
    if (i + 1 >= this.#rows.length - ahead) void this.#fetchMore().catch(() => undefined); // asked again when it is needed
  }

  /** The number of the shipment so many places on; undefined where the list ends before. */
  async step(number: number, by: number): Promise<number | undefined> {
    const i = this.#places.get(number);
    if (i === undefined) return undefined;
    if (i + by >= this.#rows.length) await this.#fetchMore();
    return this.#rows[i + by]?.number;
  }

  #fetching: Promise<void> | undefined;

  #fetchMore(): Promise<void> {
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    const list = this.#list;
    if (!list?.fetched.next) return;
    const cursor = list.fetched.next;
    const { items, next } = await api.Shipments.List(list.filter, { limit: pageSize, cursor });
    if (list === this.#list)
      this.#list = { ...list, fetched: { pages: [...list.fetched.pages, { cursor, items }], next } };
  }
}

/** Places before the last fetched one at which the next page is asked for. */
const ahead = 20;

export const trail = new Trail();
