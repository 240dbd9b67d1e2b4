import type { desktop, document, printing } from '../../../wailsjs/go/models';
import { t } from '$lib/i18n';
import type { IconName } from '$lib/ui';
import { documentWord, paperKinds, type Kind, type PaperKind } from '../print/words';

type Document = document.Document;

/** A document of a shipment as it is listed: one that is kept, or one that can be made. */
export interface Paper {
  kind: Kind;
  icon: IconName;
  /** "Label, ZPL, 4x6, 203 dpi" */
  name: string;
  /** What is kept; undefined where it is made when it is first asked for. */
  kept?: Document;
  /** Its print jobs, the newest first. */
  jobs: printing.Job[];
}

const icons: Record<Kind, IconName> = {
  label: 'label',
  'packing-slip': 'doc',
  'commercial-invoice': 'invoice',
  'courier-invoice': 'invoice',
  'customs-form': 'doc',
  waybill: 'doc',
  'courier-receipt': 'doc',
};

/** A courier’s own paper: it came with the label, or there is none. */
export const isCouriers = (kind: string): kind is PaperKind => paperKinds.includes(kind as PaperKind);

/** What tells two documents of one kind apart, in words: format, stock and dots per inch of a label, which of a courier’s papers, else the copies. */
function form({ kind, variant }: Document): string {
  const [format = '', second = '', dpi = ''] = variant.split(' ');
  const copies = Number(second);
  return [
    format.toUpperCase(),
    kind === 'label'
      ? second
      : copies > 1
        ? t(isCouriers(kind) ? 'courierpapers.nth' : 'shipment.copies', { n: copies })
        : '',
    Number(dpi) ? `${dpi} dpi` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** A courier’s papers of one kind in their own order, which is numbered; all else the oldest first, as it is kept. */
function inOrder(own: Document[]): Document[] {
  if (!isCouriers(own[0]?.kind ?? '')) return own;
  return own.sort((a, b) => a.variant.localeCompare(b.variant, 'en', { numeric: true }));
}

/** The kept documents in the order of their kinds, and a line for each kind that can be made and was not yet. */
export function papersOf({ documents, jobs }: desktop.Papers): Paper[] {
  return (Object.keys(icons) as Kind[]).flatMap((kind): Paper[] => {
    const own = inOrder(documents.filter((d) => d.kind === kind));
    const plain = { kind, icon: icons[kind] };
    if (!own.length) return isCouriers(kind) ? [] : [{ ...plain, name: documentWord(kind), jobs: [] }];
    return own.map((kept) => ({
      ...plain,
      kept,
      name: `${documentWord(kind)}, ${form(kept)}`,
      jobs: jobs.filter((job) => job.document_key === kept.key),
    }));
  });
}

/** "34 kB" */
export function formatBytes(n: number): string {
  return n < 1000 ? `${n} B` : n < 1_000_000 ? `${Math.round(n / 1000)} kB` : `${(n / 1_000_000).toFixed(1)} MB`;
}
