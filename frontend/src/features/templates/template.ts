import { t } from '$lib/i18n';
import type { template } from '../../../wailsjs/go/models';
import { address, type AddressDraft } from '../contacts/address';

export const kinds = ['packing-slip', 'commercial-invoice', 'manifest'] as const;
export type Kind = (typeof kinds)[number];

export const languages = ['en', 'de', 'fr', 'es', 'it', 'pl', 'nl'] as const;
export const papers = ['A4', 'Letter', 'A5', '4x6'] as const;
/** Those of manifests, whose tables need the width. */
export const officePapers = ['A4', 'Letter'] as const;

/** A template as a form holds it: nothing is missing, the logo is base64. */
export interface TemplateDraft extends Pick<template.Template, 'packing_slip' | 'commercial_invoice' | 'manifest'> {
  business: Omit<template.Business, 'logo' | 'address'> & { logo: string; address: AddressDraft };
}

export function draft(from: template.Template): TemplateDraft {
  // Go's bytes are base64 text in JSON, whatever the generated type says.
  const logo = (from.business.logo as unknown as string | null) ?? '';
  return {
    business: { ...from.business, logo, address: address(from.business.address) },
    packing_slip: from.packing_slip,
    commercial_invoice: from.commercial_invoice,
    manifest: from.manifest,
  };
}

/** What is sent: the draft over the template that was read. */
export function sent(from: template.Template, values: TemplateDraft): template.Template {
  const { business } = values;
  return {
    ...from,
    ...values,
    business: {
      ...business,
      logo: business.logo as unknown as number[],
      address: { ...from.business.address, ...business.address },
    },
  };
}

export const nameOf = (kind: Kind): string =>
  t(
    (
      {
        'packing-slip': 'templates.slip',
        'commercial-invoice': 'templates.invoice',
        manifest: 'templates.manifest',
      } as const
    )[kind],
  );

/** Stands for "": a list needs a value for each choice. */
const byCountry = 'country';

export const paperOptions = (offered: readonly (typeof papers)[number][]) => [
  { value: byCountry, label: t('templates.paper_country') },
  ...offered.map((value) => ({ value, label: t(`templates.${value}`) })),
];
export const chosenPaper = (paper: string): string => paper || byCountry;
export const paperOf = (chosen: string): string => (chosen === byCountry ? '' : chosen);
