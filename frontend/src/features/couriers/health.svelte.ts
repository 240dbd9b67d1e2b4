import { api, onChange } from '$lib/api';
import { resource } from '$lib/state/resource.svelte';
import type { auth, health } from '../../../wailsjs/go/models';

/** What is older than a while no longer counts, though nobody tells of it. */
const againMs = 60_000;

type Login = Pick<auth.Auth, 'id' | 'testing'>;

/** How couriers answer, kept up to date. Call it while a component is made. */
export function courierHealth() {
  const list = resource(() => api.Couriers.Health());
  $effect(() => onChange('health', () => void list.refresh()));
  $effect(() => {
    const timer = setInterval(() => void list.refresh(), againMs);
    return () => clearInterval(timer);
  });
  return {
    /** Undefined where it was never asked. */
    of: (login: Login | undefined): health.Report | undefined =>
      list.data?.find((r) => r.auth_id === login?.id && r.testing === login?.testing),
    /** The lines that do not answer. */
    get away(): readonly health.Report[] {
      return list.data?.filter((r) => r.state === 'away') ?? [];
    },
    /** The worst line of a courier, where one is not well. */
    worst: (key: string): health.Report | undefined => {
      const ill = list.data?.filter((r) => r.courier === key && r.state !== 'answering');
      return ill?.find((r) => r.state === 'away') ?? ill?.[0];
    },
  };
}

export type CourierHealth = ReturnType<typeof courierHealth>;
