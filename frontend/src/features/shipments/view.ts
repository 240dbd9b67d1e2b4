import type { shipment } from '../../../wailsjs/go/models';
import type { Query } from '$lib/router';
import { trackingStatus, type StatusName } from '$lib/ui';

export type Filter = shipment.Filter;
export type Row = shipment.Row;

/** The saved filters that every user has, as tabs. */
export const tabs = ['all', 'needs', 'today', 'unprinted'] as const;
export type TabName = (typeof tabs)[number];

const nothing: Filter = {
  account_id: '',
  courier: '',
  states: [],
  country_iso: '',
  from_ms: 0,
  to_ms: 0,
  reference: '',
  number: 0,
  dc_request_id: 0,
  email: '',
  tracking_code: '',
  search: '',
  sort: { by: '', ascending: false },
};

/** Purchases that somebody must look at. */
const needsYou = ['unknown', 'rejected'];

function startOfToday(): number {
  return new Date().setHours(0, 0, 0, 0);
}

/** What a tab adds to a filter. */
export function tabFilter(tab: TabName, base: Filter): Filter {
  switch (tab) {
    case 'all':
      return base;
    case 'needs':
      return { ...base, states: needsYou };
    case 'today':
      return { ...base, from_ms: startOfToday() };
    case 'unprinted':
      return { ...base, states: ['booked'], printed: false };
  }
}

export function tabOf(query: Query<'shipments'>): TabName {
  return tabs.find((name) => name === query.view) ?? 'all';
}

/** The filter that an address asks for, without its tab. */
export function filterOf(query: Query<'shipments'>): Filter {
  const filter: Filter = {
    ...nothing,
    search: query.q ?? '',
    account_id: query.account ?? '',
    courier: query.courier ?? '',
  };
  if (query.status) filter.states = query.status.split(',');
  if (query.country) filter.country_iso = query.country;
  if (query.testing) filter.testing = query.testing === 'yes';
  if (query.printed) filter.printed = query.printed === 'yes';
  return filter;
}

/** The status of a shipment as one word, shape and tone: the purchase while it is one, then where the parcel is. */
export function statusOf(row: Row): StatusName {
  switch (row.state) {
    case 'booked':
      if (row.packed && row.status_code === 1) return 'packed';
      return trackingStatus(row.status_code);
    case 'queued':
    case 'sending':
    case 'rejected':
    case 'unknown':
    case 'cancelled':
    case 'not_bought':
      return row.state;
    default:
      return 'custom';
  }
}

/** The name a parcel goes to: the organisation where there is one, because drivers look for its sign. */
export function recipientOf(row: Row): string {
  return row.recipient_company || row.recipient;
}
