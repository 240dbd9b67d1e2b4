import type { shipment } from '../../../wailsjs/go/models';
import type { Query } from '$lib/router';
import { trackingStatus, type StatusName } from '$lib/ui';
import { rangeOf } from './days';

export type Filter = shipment.Filter;
export type Row = shipment.Row;

/** What an address of the list asks for. */
export type ListQuery = Query<'shipments'>;

/** Rows of a page of the list: a few screens. */
export const pageSize = 200;

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

/** The filter that an address asks for; its tab has to be looked through first. */
export function filterOf(query: ListQuery): Filter {
  const filter: Filter = {
    ...nothing,
    ...rangeOf(query),
    search: query.q ?? '',
    account_id: query.account ?? '',
    courier: query.courier ?? '',
    country_iso: query.country ?? '',
  };
  if (query.status) filter.states = query.status.split(',');
  if (query.testing) filter.testing = query.testing === 'yes';
  if (query.printed) filter.printed = query.printed === 'yes';
  if (query.sort) filter.sort = { by: query.sort.replace(/^-/, ''), ascending: !query.sort.startsWith('-') };
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
    case 'cancelling':
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
