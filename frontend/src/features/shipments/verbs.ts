import { formatDateTime } from '$lib/format';
import { t } from '$lib/i18n';
import { router } from '$lib/router';
import type { MenuItem, MenuItems } from '$lib/ui';
import type { desktop } from '../../../wailsjs/go/models';
import { printing } from '../print/printing.svelte';
import { markPacked, openDocument, saveDocument, trackNow } from './actions';

/** What is asked before it is done. */
export type Question = 'cancel' | 'mark' | 'redo' | 'duplicate' | 'scan';

/** Whether there is a label that may be stuck on a parcel. */
export const hasLabel = ({ row }: desktop.Shipment): boolean =>
  row.tracking_codes.length > 0 && row.state !== 'cancelled';

/** Until when it can be cancelled, or why not, in a few words. */
export function cancelWords({ cancellable: can }: desktop.Shipment): string {
  if (!can.yes) return can.why;
  return can.until_ms
    ? t('shipment.cancel_until', { when: formatDateTime(can.until_ms) })
    : t('shipment.cancel_collected');
}

type Verb =
  'view' | 'slip' | 'invoice' | 'track' | 'scan' | 'pack' | 'redo' | 'duplicate' | 'draft' | 'mark' | 'cancel';

/** Everything that can be done with a shipment besides printing and downloading its label, each with its key. */
export function verbsOf(
  shipment: desktop.Shipment,
  ask: (question: Question) => void,
  changed: () => void,
): Record<Verb, MenuItem> {
  const { row } = shipment;
  const booked = row.state === 'booked';
  const open = ['queued', 'sending', 'unknown'].includes(row.state);
  const paper = (kind: 'packing-slip' | 'commercial-invoice') => () =>
    void printing.print(shipment, kind).then(changed);
  return {
    view: {
      label: t('shipments.open_label'),
      icon: 'eye',
      keys: 'O',
      disabled: !hasLabel(shipment),
      run: () => void openDocument(row.id, { kind: 'label', format: 'pdf' }).then(changed),
    },
    slip: { label: t('print.print_slip'), icon: 'printer', keys: 'S', run: paper('packing-slip') },
    invoice: { label: t('print.print_invoice'), icon: 'printer', keys: 'I', run: paper('commercial-invoice') },
    track: {
      label: t('shipments.track'),
      icon: 'refresh',
      keys: 'T',
      disabled: !booked || !shipment.trackable,
      note: shipment.local ? t('shipment.track_local') : shipment.trackable ? '' : t('shipment.track_not'),
      run: () => void trackNow(shipment).then(changed),
    },
    scan: { label: t('shipments.scan'), icon: 'track', keys: 'A', disabled: !booked, run: () => ask('scan') },
    pack: {
      label: t('shipments.pack'),
      icon: 'parcel',
      keys: 'M',
      disabled: !booked || row.packed || row.status_code !== 1,
      note: row.packed ? t('shipment.packed_already') : '',
      run: () => void markPacked(shipment).then(changed),
    },
    redo: {
      label: t('shipment.redo'),
      icon: 'undo',
      keys: 'R',
      disabled: !shipment.cancellable.yes && !shipment.redo_due,
      note: shipment.cancellable.yes || shipment.redo_due ? t('shipment.redo_note') : shipment.cancellable.why,
      run: () => ask('redo'),
    },
    duplicate: {
      label: t('shipment.duplicate'),
      icon: 'dup',
      keys: 'D',
      disabled: open,
      note: open ? t('shipment.duplicate_unknown') : t('shipment.duplicate_note'),
      run: () => ask('duplicate'),
    },
    draft: {
      label: t('shipment.draft'),
      icon: 'plus',
      keys: 'E',
      note: t('shipment.draft_note'),
      run: () => router.go('newShipment', { from: String(row.number) }),
    },
    mark: {
      label: t('shipment.mark'),
      icon: 'ban',
      keys: 'U',
      tone: 'stop',
      note: t('shipment.mark_note'),
      disabled: !['booked', 'cancelling'].includes(row.state) || row.status_code === 7,
      run: () => ask('mark'),
    },
    cancel: {
      label: t('shipments.cancel'),
      icon: 'ban',
      keys: 'C',
      tone: 'stop',
      disabled: !shipment.cancellable.yes,
      note: cancelWords(shipment),
      run: () => ask('cancel'),
    },
  };
}

/** The verbs as a menu. */
export function menuOf({ row: { id } }: desktop.Shipment, v: Record<Verb, MenuItem>): MenuItems {
  return [
    v.view,
    v.slip,
    v.invoice,
    { label: t('shipments.save_slip'), icon: 'doc', run: () => void saveDocument(id, { kind: 'packing-slip' }) },
    {
      label: t('shipments.save_invoice'),
      icon: 'invoice',
      run: () => void saveDocument(id, { kind: 'commercial-invoice' }),
    },
    'line',
    v.track,
    v.scan,
    v.pack,
    'line',
    v.redo,
    v.duplicate,
    v.draft,
    'line',
    v.mark,
  ];
}

/** The label in every form it can be saved in. */
export function formatsOf({ row }: desktop.Shipment): MenuItems {
  const as = (format: 'pdf' | 'zpl' | 'png', dpi?: 203 | 300) => () =>
    void saveDocument(row.id, dpi ? { kind: 'label', format, dpi } : { kind: 'label', format });
  return [
    { label: t('shipments.as_pdf'), icon: 'doc', run: as('pdf') },
    { label: t('shipments.as_zpl_203'), icon: 'label', run: as('zpl', 203) },
    { label: t('shipments.as_zpl_300'), icon: 'label', run: as('zpl', 300) },
    { label: t('shipments.as_png'), icon: 'label', run: as('png', 203) },
  ];
}
