import { api } from '$lib/api';
import { t } from '$lib/i18n';
import { resource } from '$lib/state/resource.svelte';

/** The couriers of this program, for names and tiles. Call it while a component is made. */
export function courierNames() {
  const list = resource(() => api.Couriers.List());
  const find = (key: string) => list.data?.find((d) => d.key === key);
  const upstream = $derived(list.data?.find((d) => d.capabilities.forwards));
  return {
    get all() {
      return list.data ?? [];
    },
    find,
    /** A courier without an adapter here is named by its key, and by what it is bought through. */
    name: (key: string) =>
      find(key)?.name ?? (upstream ? t('couriers.through', { courier: key, upstream: upstream.name }) : key),
    initials: (key: string) => find(key)?.initials ?? key.slice(0, 2).toUpperCase(),
  };
}

export type CourierNames = ReturnType<typeof courierNames>;
