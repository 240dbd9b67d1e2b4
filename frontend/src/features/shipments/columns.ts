import { t } from '$lib/i18n';
import type { Column, Sort } from '$lib/table';
import type { ListQuery, Row } from './view';

/** The order of a list that asks for none. */
const newestFirst: Sort = { key: 'number', descending: true };

export function sortOf({ sort }: ListQuery): Sort {
  return sort ? { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : newestFirst;
}

export function sortWord({ key, descending }: Sort): string {
  return key === newestFirst.key && descending ? '' : `${descending ? '-' : ''}${key}`;
}

/** The column of the menus; it is always there, and last. */
export const actionsColumn = 'actions';

/** Every column that can be chosen. Those with `from: Infinity` stand as a second line of another until then. */
export function shipmentColumns(): Column<Row>[] {
  return [
    { key: 'number', label: t('shipments.number'), width: 5.5, sortable: true },
    { key: 'status', label: t('shipments.status'), width: 10.5, sortable: true },
    { key: 'recipient', label: t('shipments.recipient'), sortable: true },
    { key: 'courier', label: t('table.courier_service'), from: 44, sortable: true },
    { key: 'reference', label: t('table.references'), from: 36, sortable: true },
    { key: 'tracking', label: t('shipments.tracking'), width: 13, from: 70, sortable: true },
    { key: 'weight', label: t('shipments.weight'), width: 6, end: true, from: 78, sortable: true },
    { key: 'created', label: t('table.created'), width: 10, from: Infinity, sortable: true, sortBy: 'number' },
    { key: 'account', label: t('shipments.account'), width: 11, from: Infinity, sortable: true },
    { key: 'service', label: t('table.service'), width: 10, from: Infinity, sortable: true },
    { key: 'postcode', label: t('table.postcode'), width: 7, from: Infinity, sortable: true },
    { key: 'country', label: t('shipments.country'), width: 9, from: Infinity, sortable: true },
    { key: 'parcels', label: t('table.parcels'), width: 5, end: true, from: Infinity, sortable: true },
    { key: 'printed', label: t('shipments.label_taken'), icon: 'label', width: 3.25, end: true, sortable: true },
    { key: actionsColumn, label: t('shipments.actions'), icon: 'more', width: 3.25, end: true },
  ];
}
