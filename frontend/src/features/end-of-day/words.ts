import { formatWeight } from '$lib/format';
import { t } from '$lib/i18n';
import type { StatusName } from '$lib/ui';

const states: Record<string, StatusName> = {
  closing: 'day_closing',
  closed: 'day_closed',
  refused: 'day_refused',
  unknown: 'day_unknown',
};

/** The status of a manifest's state. */
export const stateOf = (state: string): StatusName => states[state] ?? 'day_unknown';

/** "12 shipments, 14 parcels, 20.4 kg" */
export const sums = (of: { shipments: number; parcels: number; weight_g: number }): string =>
  t('endofday.ask_sums', {
    shipments: t('endofday.ask_shipments', { n: of.shipments }),
    parcels: t('endofday.ask_parcels', { n: of.parcels }),
    weight: formatWeight(of.weight_g),
  });
