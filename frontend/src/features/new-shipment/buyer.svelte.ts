import { api } from '$lib/api';
import { initialValues, type Field } from '$lib/form';
import { resource } from '$lib/state/resource.svelte';
import type { courier, preset } from '../../../wailsjs/go/models';
import { courierNames } from '../shipments/couriers.svelte';
import type { OrderDraft } from './order';
import { optionsOf } from './prices.svelte';

/** Which login an order that comes from elsewhere was made with. */
export interface Wish {
  courier: string;
  company: string;
  testing: boolean | undefined;
}

/**
 * Who ships, with what: the accounts, the auths of the chosen one, and the presets it may use. The only choice is taken,
 * and one that is gone is dropped.
 */
export class Buyer {
  #values: () => OrderDraft;
  #couriers = courierNames();
  #accounts = resource(() => api.Accounts.Briefs());
  #auths;
  #presets;
  #account;
  wish = $state.raw<Wish>();
  /** The preset to choose as soon as the presets of another auth are there. */
  #next = '';

  constructor(values: () => OrderDraft) {
    this.#values = values;
    this.#auths = resource(() => {
      const id = values().account;
      return id ? api.Auths.List(id) : Promise.resolve([]);
    });
    this.#presets = resource(() =>
      this.auth
        ? api.Presets.List(this.auth.account_id, this.auth.courier)
        : Promise.resolve({ custom: [], system: [] }),
    );
    this.#account = resource(() => {
      const id = values().account;
      return id ? api.Accounts.Get(id) : Promise.resolve(undefined);
    });
    $effect(() => {
      const list = this.#accounts.data;
      if (!values().account && list?.length === 1) values().account = list[0]!.id;
    });
    $effect(() => {
      if (!this.#auths.data || this.#auths.loading || this.auth) return;
      const wanted = this.auths.filter((a) => fits(a, this.wish));
      const choice = wanted.length === 1 ? wanted : this.auths;
      values().auth = choice.length === 1 ? choice[0]!.id : '';
    });
    $effect(() => {
      if (!this.#presets.data || this.#presets.loading || !this.presets.length) return;
      const next = this.presets.find((p) => p.dc_service_id === this.#next && p.courier === this.auth?.courier);
      if (next) {
        this.#next = '';
        this.choose(next);
        return;
      }
      if (this.presets.some((p) => p.dc_service_id === values().shipment.dc_service_id)) return;
      if (this.presets.length === 1) this.choose(this.presets[0]!);
      else {
        values().shipment.dc_service_id = '';
        values().options = {};
      }
    });
  }

  get accounts() {
    return this.#accounts.data ?? [];
  }
  get none() {
    return this.#accounts.data?.length === 0;
  }
  /** The account with its default sender. */
  get account() {
    return this.#account.data?.id === this.#values().account ? this.#account.data : undefined;
  }
  get auths() {
    return (this.#auths.data ?? []).filter((a) => !a.tracking_only);
  }
  get auth() {
    return this.auths.find((a) => a.id === this.#values().auth);
  }
  get courier() {
    return this.auth && this.#couriers.find(this.auth.courier);
  }
  /** The courier's own fields of an order. */
  get options(): Field[] {
    return (this.courier?.options ?? []) as Field[];
  }
  get presets(): preset.Preset[] {
    return [...(this.#presets.data?.custom ?? []), ...(this.#presets.data?.system ?? [])];
  }

  courierName(key: string): string {
    return this.#couriers.name(key);
  }
  courierInitials(key: string): string {
    return this.#couriers.initials(key);
  }

  /** Takes another auth, with one of its presets. */
  switchTo(auth: string, code: string): void {
    this.#next = code;
    this.#values().auth = auth;
  }

  /** Takes a preset, with what it says of the courier's own fields. */
  choose(p: preset.Preset): void {
    const values = this.#values();
    values.shipment.dc_service_id = p.dc_service_id;
    values.options = initialValues(this.options, p.options);
  }

  /** Has the order carried as it was offered, by the preset it names where that fits. What else it says stays. */
  take(offer: courier.Offer, offers: readonly courier.Offer[]): void {
    const values = this.#values();
    const named = this.presets.find((p) => p.dc_service_id === values.shipment.dc_service_id);
    const fits = (p: preset.Preset | undefined) => p?.service_code === offer.service;
    const p = fits(named) ? named : this.#presets.data?.system.find(fits);
    if (!p) return;
    values.shipment.dc_service_id = p.dc_service_id;
    values.options = initialValues(this.options, optionsOf(offer, offers, { ...values.options, ...p.options }));
  }
}

function fits(a: { courier: string; company: string; testing: boolean }, wish: Wish | undefined): boolean {
  return (
    !!wish &&
    a.courier === wish.courier &&
    (!wish.company || a.company === wish.company) &&
    (wish.testing === undefined || a.testing === wish.testing)
  );
}
