import { t, type PlainKey } from '$lib/i18n';
import type { StatusName } from '$lib/ui';
import type { printing } from '../../../wailsjs/go/models';

export type Job = printing.Job;
export type Printer = printing.Printer;
/** A courier’s own papers, in the order they are listed. */
export const paperKinds = ['courier-invoice', 'customs-form', 'waybill', 'courier-receipt'] as const;
export type PaperKind = (typeof paperKinds)[number];
export type Kind = 'label' | 'packing-slip' | 'commercial-invoice' | PaperKind;

const kinds: Record<Kind, { one: PlainKey; many: PlainKey }> = {
  label: { one: 'print.label', many: 'print.many_labels' },
  'packing-slip': { one: 'print.slip', many: 'print.many_slips' },
  'commercial-invoice': { one: 'print.invoice', many: 'print.many_invoices' },
  'courier-invoice': { one: 'courierpapers.invoice', many: 'courierpapers.many_invoices' },
  'customs-form': { one: 'courierpapers.customs', many: 'courierpapers.many_customs' },
  waybill: { one: 'courierpapers.waybill', many: 'courierpapers.many_waybills' },
  'courier-receipt': { one: 'courierpapers.receipt', many: 'courierpapers.many_receipts' },
};

/** "Packing slip" */
export const documentWord = (kind: string): string => t(kinds[kind as Kind].one);
/** "packing slips" */
export const documentWords = (kind: string): string => t(kinds[kind as Kind].many);
/** "Packing slip of 184206" */
export const documentOf = (kind: string, number: number): string =>
  t('print.of', { document: documentWord(kind), number: String(number) });

export const formatWord = (format: string): string => format.toUpperCase();

/** "PDF, ZPL at 203 dpi" */
export const takes = ({ formats, dpi }: Pick<Printer, 'formats' | 'dpi'>): string =>
  formats.map((f) => (f === 'zpl' && dpi ? `${formatWord(f)}, ${dpi} dpi` : formatWord(f))).join(' · ');

export const kindWord = (kind: string): string =>
  t(({ raw: 'print.kind_raw', ipp: 'print.kind_ipp', spooler: 'print.kind_spooler' } as const)[kind as 'raw']);

const states: Record<string, StatusName> = {
  queued: 'queued',
  sending: 'sending',
  done: 'printed',
  failed: 'print_failed',
  unclear: 'print_unclear',
  cancelled: 'cancelled',
};

export const statusOf = (job: Job): StatusName => states[job.state]!;

/** Jobs that wait for a person. */
export const needsYou = ['failed', 'unclear'];
