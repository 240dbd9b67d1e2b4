import { api } from '$lib/api';
import { t } from '$lib/i18n';
import { toasts } from '$lib/state/toasts.svelte';
import type { desktop } from '../../../wailsjs/go/models';
import type { PaperKind } from '../print/words';

export type DocumentKind = 'label' | 'packing-slip' | 'commercial-invoice' | PaperKind;

/** Which document, in which form: format and dpi are for labels only, left out for what was bought. */
export interface DocumentForm {
  kind: DocumentKind;
  format?: 'pdf' | 'zpl' | 'png';
  dpi?: 203 | 300;
}

/** A document that is kept already. */
export interface KeptDocument {
  key: string;
}

function ask(shipmentId: string, of: DocumentForm | KeptDocument): desktop.DocumentAsk {
  const none = { shipment_id: shipmentId, kind: '', format: '', dpi: 0, copies: 1 };
  return { ...none, ...of };
}

/** Asks where to and saves the document there; says where it went, and what could not be drawn. */
export async function saveDocument(shipmentId: string, form: DocumentForm | KeptDocument): Promise<void> {
  await told(async () => {
    const saved = await api.Shipments.SaveDocument(ask(shipmentId, form));
    if (saved.path) toasts.show([t('shipments.saved', { path: saved.path }), ...words(saved.warnings)].join(' '));
  });
}

/** Hands the document to the system's viewer. */
export async function openDocument(shipmentId: string, form: DocumentForm | KeptDocument): Promise<void> {
  await told(async () => {
    const opened = await api.Shipments.OpenDocument(ask(shipmentId, form));
    toasts.show([t('shipments.opened'), ...words(opened.warnings)].join(' '));
  });
}

export async function markPacked(shipment: desktop.Shipment): Promise<void> {
  await told(async () => {
    await api.Shipments.MarkPacked(shipment.row.id);
    toasts.show(t('shipments.packed', { number: String(shipment.row.number) }));
  });
}

export async function trackNow(shipment: desktop.Shipment): Promise<void> {
  await told(() => api.Shipments.Track(shipment.row.id));
}

async function told(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (reason) {
    toasts.fail(reason);
  }
}

function words(warnings: readonly { message: string }[]): string[] {
  return warnings.map((w) => w.message);
}
