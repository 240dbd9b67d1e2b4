/**
 * Every address of the window, in one place. `:name` is a part of the path, `query` names what may follow the question mark.
 * An address is `#/shipments/184206?tab=documents`: it survives a reload and can be pasted.
 */
export const routes = {
  bench: { path: '/bench', query: [] },
  shipments: {
    path: '/shipments',
    // `sort` is a field, with a minus for the highest first; `edited` says that a saved view's own query stands here, changed.
    query: [
      'q',
      'account',
      'status',
      'courier',
      'since',
      'until',
      'testing',
      'country',
      'printed',
      'sort',
      'columns',
      'view',
      'edited',
    ],
  },
  newShipment: { path: '/shipments/new', query: ['account', 'from', 'draft'] },
  drafts: { path: '/shipments/drafts', query: ['account', 'source', 'q', 'waiting'] },
  needsLook: { path: '/shipments/needs-look', query: [] },
  endOfDay: { path: '/shipments/end-of-day', query: ['view', 'since', 'until', 'manifest'] },
  import: { path: '/shipments/import', query: ['account'] },
  shipment: { path: '/shipments/:number', query: ['tab'] },
  accounts: { path: '/accounts', query: ['group', 'view', 'q'] },
  couriers: { path: '/couriers', query: ['q'] },
  courier: { path: '/couriers/:key', query: ['tab', 'account'] },
  rules: { path: '/rules', query: [] },
  print: { path: '/print', query: ['view'] },
  activity: {
    path: '/activity',
    query: ['q', 'view', 'account', 'who', 'did', 'door', 'thing', 'since', 'until', 'request'],
  },
  settings: { path: '/settings', query: ['section'] },
  contacts: { path: '/settings/contacts', query: ['q', 'kind'] },
  templates: { path: '/settings/documents', query: ['group', 'kind', 'shipment'] },
  firstRun: { path: '/first-run', query: [] },
} as const satisfies Record<string, { path: `/${string}`; query: readonly string[] }>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;

type Parts<P extends string> = P extends `${string}:${infer N}/${infer Rest}`
  ? N | Parts<`/${Rest}`>
  : P extends `${string}:${infer N}`
    ? N
    : never;

export type Params<R extends RouteName> = { [N in Parts<Routes[R]['path']>]: string | number };
export type Query<R extends RouteName> = { [N in Routes[R]['query'][number]]?: string | undefined };

/** Where the window is: the name tells the types of the rest. */
export type Place = {
  [R in RouteName]: {
    name: R;
    params: { [N in Parts<Routes[R]['path']>]: string };
    query: Query<R>;
  };
}[RouteName];

/** What follows a route's name: its parts where it has some, then its query. */
export type To<R extends RouteName> = [Parts<Routes[R]['path']>] extends [never]
  ? [query?: Query<R>]
  : [params: Params<R>, query?: Query<R>];

/** The address of a place, for `href`. */
export function href<R extends RouteName>(name: R, ...to: To<R>): string {
  const { path, query: known } = routes[name];
  const hasParts = path.includes(':');
  const params = (hasParts ? to[0] : {}) as Record<string, string | number>;
  const query = ((hasParts ? to[1] : to[0]) ?? {}) as Record<string, string | undefined>;
  const filled = path.replace(/:(\w+)/g, (_, n: string) => encodeURIComponent(String(params[n])));
  const search = new URLSearchParams();
  for (const key of known) {
    const value = query[key];
    if (value !== undefined && value !== '') search.set(key, value);
  }
  const text = search.toString();
  return `#${filled}${text && `?${text}`}`;
}

/** The place of an address, or undefined when it leads nowhere. Query keys that the route does not name are dropped. */
export function match(hash: string): Place | undefined {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const given = path.split('/').filter(Boolean);
  for (const [name, route] of Object.entries(routes)) {
    const params = matchPath(route.path.split('/').filter(Boolean), given);
    if (!params) continue;
    const known: readonly string[] = route.query;
    const query = Object.fromEntries([...new URLSearchParams(search)].filter(([k]) => known.includes(k)));
    return { name, params, query } as Place;
  }
  return undefined;
}

function matchPath(wanted: string[], given: string[]): Record<string, string> | undefined {
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const text = decode(given[i]!);
    if (text === undefined) return undefined;
    if (part.startsWith(':')) params[part.slice(1)] = text;
    else if (part !== text) return undefined;
  }
  return params;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
