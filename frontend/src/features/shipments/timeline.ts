import type { shipment } from '../../../wailsjs/go/models';
import { formatDuration, formatTimeSeconds } from '$lib/format';
import { t, type PlainKey } from '$lib/i18n';

/** The steps from the request to its answer; what comes later is days apart. */
const purchase = ['received', 'sending', 'booked', 'rejected', 'unknown', 'not_bought'];

const words: Record<string, PlainKey> = {
  received: 'shipment.step_received',
  sending: 'shipment.step_sending',
  booked: 'shipment.step_booked',
  rejected: 'shipment.step_rejected',
  unknown: 'shipment.step_unknown',
  not_bought: 'shipment.step_not_bought',
  cancelling: 'shipment.step_cancelling',
  not_cancelled: 'shipment.step_not_cancelled',
  cancelled: 'shipment.step_cancelled',
  redone: 'shipment.step_redone',
  redo_ended: 'shipment.step_redo_ended',
  duplicated: 'shipment.step_duplicated',
  packed: 'shipment.step_packed',
  closed: 'shipment.step_closed',
  label: 'shipment.step_label',
  slip: 'shipment.step_slip',
  invoice: 'shipment.step_invoice',
  courier_paper: 'courierpapers.step',
};

/** A step in words; one that this program does not know is shown as it is called. */
export function stepWord(step: string): string {
  const word = words[step];
  return word ? t(word) : step;
}

/** One step of the timeline as it is drawn. */
export interface Hop {
  moment: shipment.Moment;
  /** Since the step before, in words; '' for the first. */
  gap: string;
  /** Where its bar begins and how long it is, in per cent of the purchase; undefined for what came after it. */
  bar?: { from: number; width: number };
}

/** A time to the millisecond: "14:02:11.040". */
export const formatMs = (ms: number): string => `${formatTimeSeconds(ms)}.${String(ms % 1000).padStart(3, '0')}`;

/** A short time in milliseconds, a long one in its two largest parts. */
export function gapWords(ms: number): string {
  return ms < 10_000 ? t('shipment.ms', { n: ms }) : t('shipment.later', { time: formatDuration(ms) });
}

/** The steps with what each took, and how long the purchase took, in milliseconds. */
export function hops(timeline: readonly shipment.Moment[]): { hops: Hop[]; total: number } {
  const after = timeline.findIndex((m) => !purchase.includes(m.step));
  const bought = after < 0 ? timeline.length : after;
  const began = timeline[0]?.at_ms ?? 0;
  const total = bought ? timeline[bought - 1]!.at_ms - began : 0;
  const percent = (ms: number) => (total ? (100 * ms) / total : 0);
  return {
    total,
    hops: timeline.map((moment, i) => {
      const before = timeline[i - 1]?.at_ms ?? moment.at_ms;
      const took = Math.max(0, moment.at_ms - before);
      const hop: Hop = { moment, gap: i ? gapWords(took) : '' };
      if (i < bought) hop.bar = { from: percent(before - began), width: percent(took) };
      return hop;
    }),
  };
}
