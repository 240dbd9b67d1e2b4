import type { PlainKey } from '$lib/i18n';

/** go: on its way; done; wait: somebody must act; stop: stopped; over: no more will come. */
export type StatusTone = 'go' | 'done' | 'wait' | 'stop' | 'over';

interface Drawn {
  /** Symbol s-NAME of icons.svg. */
  symbol: string;
  tone: StatusTone;
  word: PlainKey;
}

const drawn = {
  // Tracking, by code of the courier API
  booked: { symbol: '1', tone: 'go', word: 'status.booked' },
  packed: { symbol: 'P', tone: 'go', word: 'status.packed' },
  collected: { symbol: '2', tone: 'go', word: 'status.collected' },
  at_hub: { symbol: '3', tone: 'go', word: 'status.at_hub' },
  in_transit: { symbol: '4', tone: 'go', word: 'status.in_transit' },
  out_for_delivery: { symbol: '5', tone: 'go', word: 'status.out_for_delivery' },
  awaiting_pickup: { symbol: '13', tone: 'go', word: 'status.awaiting_pickup' },
  delivered: { symbol: '7', tone: 'done', word: 'status.delivered' },
  on_hold: { symbol: '8', tone: 'wait', word: 'status.on_hold' },
  customs_hold: { symbol: '18', tone: 'wait', word: 'status.customs_hold' },
  failed_attempt: { symbol: '6', tone: 'wait', word: 'status.failed_attempt' },
  address_issue: { symbol: '9', tone: 'wait', word: 'status.address_issue' },
  returning: { symbol: '10', tone: 'wait', word: 'status.returning' },
  damaged: { symbol: '16', tone: 'stop', word: 'status.damaged' },
  cancelled: { symbol: '12', tone: 'over', word: 'status.cancelled' },
  expired: { symbol: '11', tone: 'over', word: 'status.expired' },
  custom: { symbol: '19', tone: 'over', word: 'status.custom' },
  // Purchase
  queued: { symbol: 'q', tone: 'go', word: 'status.queued' },
  sending: { symbol: 'sd', tone: 'go', word: 'status.sending' },
  rejected: { symbol: 'rj', tone: 'stop', word: 'status.rejected' },
  unknown: { symbol: 'uk', tone: 'wait', word: 'status.unknown' },
  cancelling: { symbol: 'uk', tone: 'wait', word: 'status.cancelling' },
  not_bought: { symbol: '12', tone: 'over', word: 'status.not_bought' },
  // Print jobs, besides queued, sending and cancelled
  printed: { symbol: '7', tone: 'done', word: 'status.printed' },
  print_failed: { symbol: 'rj', tone: 'stop', word: 'status.print_failed' },
  print_unclear: { symbol: 'uk', tone: 'wait', word: 'status.print_unclear' },
  // Manifests, at the end of a day
  day_closing: { symbol: 'sd', tone: 'go', word: 'endofday.state_closing' },
  day_closed: { symbol: '7', tone: 'done', word: 'endofday.state_closed' },
  day_refused: { symbol: '12', tone: 'over', word: 'endofday.state_refused' },
  day_unknown: { symbol: 'uk', tone: 'wait', word: 'endofday.state_unknown' },
  // Accounts and other things that are on or off
  active: { symbol: 'on', tone: 'done', word: 'status.active' },
  disabled: { symbol: 'off', tone: 'over', word: 'status.disabled' },
} as const satisfies Record<string, Drawn>;

export type StatusName = keyof typeof drawn;
export const statuses: Readonly<Record<StatusName, Drawn>> = drawn;
export const statusNames = Object.keys(drawn) as StatusName[];

const byCode: Record<number, StatusName> = {
  1: 'booked',
  2: 'collected',
  3: 'at_hub',
  4: 'in_transit',
  5: 'out_for_delivery',
  6: 'failed_attempt',
  7: 'delivered',
  8: 'on_hold',
  9: 'address_issue',
  10: 'returning',
  11: 'expired',
  12: 'cancelled',
  13: 'awaiting_pickup',
  16: 'damaged',
  18: 'customs_hold',
  19: 'custom',
};

/** The status of a tracking code; a code that is not known is shown as the courier's own words. */
export function trackingStatus(code: number): StatusName {
  return byCode[code] ?? 'custom';
}
