import { api } from '$lib/api';
import { resource } from '$lib/state/resource.svelte';

/** The couriers of this program, for names and tiles. Call it while a component is made. */
export function courierNames() {
  const list = resource(() => api.Couriers.List());
  const find = (key: string) => list.data?.find((d) => d.key === key);
  return {
    get all() {
      return list.data ?? [];
    },
    find,
    name: (key: string) => find(key)?.name ?? key,
    initials: (key: string) => find(key)?.initials ?? key.slice(0, 2).toUpperCase(),
  };
}

export type CourierNames = ReturnType<typeof courierNames>;
