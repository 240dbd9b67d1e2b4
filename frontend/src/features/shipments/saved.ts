import { t, type PlainKey } from '$lib/i18n';
import type { savedview } from '../../../wailsjs/go/models';
import type { ListQuery } from './view';

/** A view that somebody saved. */
export type SavedView = savedview.View;

/** Everything that narrows, orders or lays out the list. */
const asks = [
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
] as const;
/** What "Clear filters" takes back. */
const narrows = asks.filter((key) => key !== 'sort' && key !== 'columns');

type Asked = Pick<ListQuery, (typeof asks)[number]>;

/** The views that everybody has, with what they ask for. */
export const builtIn = {
  all: {},
  needs: { status: 'unknown,rejected' },
  today: { since: 'today' },
  unprinted: { status: 'booked', printed: 'no' },
} as const satisfies Record<string, Asked>;

export type BuiltIn = keyof typeof builtIn;
export const builtIns = Object.keys(builtIn) as BuiltIn[];

export const builtInWords: Record<BuiltIn, PlainKey> = {
  all: 'shipments.view_all',
  needs: 'shipments.view_needs',
  today: 'shipments.view_today',
  unprinted: 'shipments.view_unprinted',
};

/** A query with every key, so that none of an earlier one stays in the address. */
const cleared: ListQuery = Object.fromEntries([...asks, 'view', 'edited'].map((key) => [key, '']));

/** What a saved view asks for, as an address. */
export function queryOf({ query }: SavedView): Asked {
  const { by, ascending } = query.sort;
  return {
    q: query.q,
    account: query.account,
    courier: query.courier,
    status: query.status.join(','),
    country: query.country,
    testing: query.testing,
    printed: query.printed,
    since: query.since,
    until: query.until,
    sort: by && `${ascending ? '' : '-'}${by}`,
    columns: query.columns.join(','),
  };
}

/** What an address asks for, as it is saved. */
export function savedOf(query: ListQuery): savedview.Query {
  const sort = query.sort ?? '';
  return {
    q: query.q ?? '',
    account: query.account ?? '',
    courier: query.courier ?? '',
    status: query.status?.split(',').filter(Boolean) ?? [],
    country: query.country ?? '',
    testing: query.testing ?? '',
    printed: query.printed ?? '',
    since: query.since ?? '',
    until: query.until ?? '',
    sort: { by: sort.replace(/^-/, ''), ascending: sort !== '' && !sort.startsWith('-') },
    columns: query.columns?.split(',').filter(Boolean) ?? [],
  };
}

/** Where the reader is among the tabs, and what is listed there. */
export interface Listed {
  /** The tab's value: the name of a built-in view, or the id of a saved one. */
  tab: string;
  /** The saved view whose tab it is. */
  saved: SavedView | undefined;
  /** The saved view is shown with changes. */
  edited: boolean;
  /** What is listed, the tab looked through. */
  query: ListQuery;
}

/** Looks through the tab of an address. A saved view that is gone leaves what the address says itself. */
export function listedBy(query: ListQuery, views: readonly SavedView[]): Listed {
  const name = builtIns.find((known) => known === query.view);
  if (name) return { tab: name, saved: undefined, edited: false, query: { ...query, ...builtIn[name] } };
  const saved = views.find((v) => v.id === query.view);
  if (!saved) return { tab: 'all', saved, edited: false, query };
  const edited = query.edited === 'yes';
  return { tab: saved.id, saved, edited, query: edited ? query : { ...query, ...queryOf(saved) } };
}

/** The address after a change. What a built-in view asks for itself is changed by leaving it. */
export function changed(now: Listed, change: Asked): ListQuery {
  const keys = Object.keys(change) as (keyof Asked)[];
  if (keys.every((key) => (now.query[key] ?? '') === (change[key] ?? ''))) return {};
  if (now.saved) return { ...now.query, view: now.saved.id, edited: 'yes', ...change };
  const asked: Asked = builtIn[now.tab as BuiltIn];
  const leaves = keys.some((key) => key in asked);
  return leaves ? { ...now.query, view: '', ...change } : change;
}

/** The address of a tab. Among the built-in ones, the other filters stay. */
export function onTab(now: Listed, tab: string): ListQuery {
  const builtin = builtIns.find((known) => known === tab);
  const view = tab === 'all' ? '' : tab;
  return now.saved || !builtin ? { ...cleared, view } : { view };
}

/** The address without filters: the tab stays where it is a built-in one. */
export function withoutFilters(now: Listed): ListQuery {
  const change = Object.fromEntries(narrows.map((key) => [key, '']));
  return now.saved ? { ...cleared, sort: now.query.sort, columns: now.query.columns } : change;
}

/** The address narrows the list beyond its tab. */
export function isNarrowed(query: ListQuery): boolean {
  return narrows.some((key) => query[key]);
}

/** A name that one of the built-in tabs has. */
export function isBuiltInName(name: string): boolean {
  return builtIns.some((known) => t(builtInWords[known]).toLowerCase() === name.trim().toLowerCase());
}
