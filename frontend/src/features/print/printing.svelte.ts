import { api, toApiError } from '$lib/api';
import { t } from '$lib/i18n';
import { router } from '$lib/router';
import { toasts } from '$lib/state/toasts.svelte';
import type { desktop } from '../../../wailsjs/go/models';
import { documentOf, type Job, type Kind } from './words';

/** A document that waits for its printer to be chosen, and why none was. */
export interface Asked {
  shipment: desktop.Shipment;
  kind: Kind;
  /** Which of a courier’s papers of that kind; '' for all else. */
  key: string;
  why: string;
}

/** Sends documents to printers, from any page. */
class Printing {
  /** What the dialog asks for; undefined while it asks for nothing. */
  asked = $state.raw<Asked>();

  /** Prints on the default printer, or asks for one. Resolves once the document is printed or not, or the dialog stands. */
  async print(shipment: desktop.Shipment, kind: Kind, key = ''): Promise<void> {
    let job: Job;
    try {
      job = await this.send(shipment, kind, key, '');
    } catch (reason) {
      const error = toApiError(reason);
      if (error.fields.some((f) => f.path === 'printer_id')) this.asked = { shipment, kind, key, why: error.message };
      else toasts.fail(error);
      return;
    }
    await this.follow(job);
  }

  send(shipment: desktop.Shipment, kind: Kind, key: string, printerId: string): Promise<Job> {
    return api.Printing.Print({ shipment_id: shipment.row.id, kind, document_key: key, printer_id: printerId });
  }

  /** Waits for the end of a job and tells it. */
  async follow(job: Job): Promise<void> {
    const document = documentOf(job.kind, job.shipment_number);
    const slow = setTimeout(() => toasts.show(t('print.going', { document, printer: job.printer })), 1000);
    try {
      const end = await api.Printing.Settled(job.id);
      if (end.state === 'done') toasts.show(t('print.printed', { document, printer: end.printer }));
      else if (end.state !== 'cancelled')
        toasts.show(`${document}: ${end.said}`, {
          tone: 'alert',
          action: { label: t('print.see_queue'), run: () => router.go('print', { view: 'needs' }) },
        });
    } catch (reason) {
      toasts.fail(reason);
    } finally {
      clearTimeout(slow);
    }
  }
}

export const printing = new Printing();
