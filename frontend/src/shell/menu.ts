import type { PlainKey } from '$lib/i18n';
import type { RouteName } from '$lib/router';
import type { IconName } from '$lib/ui/icons';

/** The left menu, in order. `letter` follows G; Alt and the number of the place go there too. */
export const mainMenu = [
  { route: 'bench', label: 'shell.bench', icon: 'bench', letter: 'b' },
  { route: 'shipments', label: 'shell.shipments', icon: 'parcel', letter: 's' },
  { route: 'accounts', label: 'shell.accounts', short: 'shell.accounts_short', icon: 'accounts', letter: 'a' },
  { route: 'couriers', label: 'shell.couriers', icon: 'van', letter: 'c' },
  { route: 'rules', label: 'shell.rules', icon: 'rules', letter: 'r' },
  { route: 'print', label: 'shell.print', short: 'shell.print_short', icon: 'printer', letter: 'p' },
  { route: 'activity', label: 'shell.activity', icon: 'activity', letter: 'y' },
  { route: 'settings', label: 'shell.settings', icon: 'settings', letter: 'e' },
] as const satisfies readonly {
  route: RouteName;
  label: PlainKey;
  short?: PlainKey;
  icon: IconName;
  letter: string;
}[];

export type MenuRoute = (typeof mainMenu)[number]['route'];

/** Pages that have no line of their own belong to another's. */
const parents: Partial<Record<RouteName, MenuRoute>> = {
  shipment: 'shipments',
  newShipment: 'shipments',
  drafts: 'shipments',
  needsLook: 'shipments',
  import: 'shipments',
  endOfDay: 'shipments',
  courier: 'couriers',
  contacts: 'settings',
  templates: 'settings',
};

/** The line of the menu that a page belongs to. */
export function menuRouteOf(route: RouteName | undefined): MenuRoute | undefined {
  if (!route) return undefined;
  return parents[route] ?? mainMenu.find((m) => m.route === route)?.route;
}
