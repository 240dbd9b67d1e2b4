import { api } from '$lib/api';
import { resource } from '$lib/state/resource.svelte';
import type { contact, desktop, postal } from '../../../wailsjs/go/models';

export type AddressDraft = Record<
  | 'name'
  | 'company_name'
  | 'address_1'
  | 'address_2'
  | 'address_3'
  | 'city'
  | 'county'
  | 'postcode'
  | 'country_iso'
  | 'phone'
  | 'email'
  | 'eori_id'
  | 'tax_id'
  | 'ioss_number'
  | 'ukims_number',
  string
>;

/** An address as a form holds it: nothing is missing. */
export function address(from: postal.Address & { country?: string } = {}): AddressDraft {
  const text = (key: keyof AddressDraft) => from[key] ?? '';
  return {
    name: text('name'),
    company_name: text('company_name'),
    address_1: text('address_1'),
    address_2: text('address_2'),
    address_3: text('address_3'),
    city: text('city'),
    county: text('county'),
    postcode: text('postcode'),
    country_iso: text('country_iso') || (from.country ?? ''),
    phone: text('phone'),
    email: text('email'),
    eori_id: text('eori_id'),
    tax_id: text('tax_id'),
    ioss_number: text('ioss_number'),
    ukims_number: text('ukims_number'),
  };
}

export type Kind = 'recipient' | 'sender' | 'both';

export function titleOf(a: postal.Address): string {
  return a.name || a.company_name || '';
}

/** "12 Hill Road, BS8 1AA Bristol, GB" */
export function placeOf(a: postal.Address): string {
  const town = [a.postcode, a.city].filter(Boolean).join(' ');
  return [a.address_1, town, a.country_iso].filter(Boolean).join(', ');
}

/** What stands below a contact's name where it is offered. */
export function noteOf(c: contact.Contact): string {
  const company = c.address.name ? c.address.company_name : '';
  return [company, placeOf(c.address)].filter(Boolean).join(', ');
}

let known: Promise<desktop.Country[]> | undefined;

/** Every country, fetched once. Call it while a component is made. */
export function countries() {
  const list = resource(() => (known ??= api.Contacts.Countries()));
  return {
    name: (code: string) => list.data?.find((c) => c.code === code.trim().toUpperCase())?.name ?? '',
    /** Those whose name or code begins like this, the code first. */
    like(text: string): desktop.Country[] {
      const typed = text.trim().toLowerCase();
      if (!typed) return [];
      const all = list.data ?? [];
      const coded = all.filter((c) => c.code.toLowerCase() === typed);
      const begins = (c: desktop.Country) =>
        c.name
          .toLowerCase()
          .split(/[\s(-]+/)
          .some((word) => word.startsWith(typed)) || c.name.toLowerCase().startsWith(typed);
      return [...coded, ...all.filter((c) => !coded.includes(c) && begins(c))].slice(0, 8);
    },
  };
}

export type Countries = ReturnType<typeof countries>;
