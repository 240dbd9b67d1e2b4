import { api } from '$lib/api';
import { resource } from '$lib/state/resource.svelte';
import type { courier } from '../../../wailsjs/go/models';

/** The couriers of this program, by key, for names and tiles. */
export function courierNames() {
  const list = resource(() => api.Couriers.List());
  const byKey = $derived(new Map((list.data ?? []).map((d): [string, courier.Descriptor] => [d.key, d])));
  return {
    get all() {
      return list.data ?? [];
    },
    find: (key: string) => byKey.get(key),
    name: (key: string) => byKey.get(key)?.name ?? key,
    initials: (key: string) => byKey.get(key)?.initials ?? key.slice(0, 2).toUpperCase(),
  };
}

export type CourierNames = ReturnType<typeof courierNames>;
