import { api } from '$lib/api';
import { t } from '$lib/i18n';
import type { Command } from '$lib/keys/commands.svelte';
import type { Things } from '$lib/keys/things.svelte';
import { href } from '$lib/router';
import type { IconName } from '$lib/ui/icons';
import { filterOf, recipientOf } from '../features/shipments/view';

/** What the palette finds beside commands. */
export const things: Things = {
  async all() {
    const [groups, accounts, couriers] = await Promise.all([
      api.Accounts.Groups(),
      api.Accounts.Briefs(),
      api.Couriers.List(),
    ]);
    return [
      ...accounts.map((a) =>
        thing('account', a.id, a.name, t('shell.accounts'), 'accounts', accountPlace(a.name), a.group),
      ),
      ...groups.map((g) =>
        thing('group', g.id, g.name, t('shell.palette_groups'), 'folder', href('accounts', { group: g.id })),
      ),
      ...couriers.map((c) =>
        thing('courier', c.key, c.name, t('shell.couriers'), 'van', href('courier', { key: c.key })),
      ),
    ];
  },
  async find(query) {
    const { items } = await api.Shipments.List(filterOf({ q: query }), { limit: 5, cursor: '' });
    return items.map((row) => {
      const number = String(row.number);
      const label = t('shell.palette_shipment', { number });
      const place = href('shipment', { number });
      return thing('shipment', number, label, t('shell.shipments'), 'parcel', place, recipientOf(row));
    });
  },
};

function accountPlace(name: string): string {
  return href('accounts', { view: 'all', q: name });
}

function thing(
  kind: string,
  id: string,
  label: string,
  group: string,
  icon: IconName,
  place: string,
  note?: string,
): Command {
  return { id: `${kind}.${id}`, label, group, icon, place, note, run: () => void (location.hash = place) };
}
