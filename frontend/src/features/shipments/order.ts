import type { postal } from '../../../wailsjs/go/models';

/** One line of a parcel's contents, as typed. */
export interface ItemDraft {
  description: string;
  quantity: string;
  value: string;
  weight: string;
  sku: string;
  hs_code: string;
  origin_country: string;
}

export interface ParcelDraft {
  weight: string;
  dim_length: string;
  dim_width: string;
  dim_height: string;
  items: ItemDraft[];
}

export type AddressDraft = Record<
  | 'name'
  | 'company_name'
  | 'address_1'
  | 'address_2'
  | 'city'
  | 'county'
  | 'postcode'
  | 'country_iso'
  | 'phone'
  | 'email'
  | 'eori_id',
  string
>;

/** The form of a new shipment. Below `shipment` it has the paths of the order body, so that a refusal finds its field. */
export interface OrderDraft {
  account: string;
  auth: string;
  currency: string;
  ownSender: boolean;
  shipment: {
    dc_service_id: string;
    label_size: '4x6' | 'A6';
    label_format: 'pdf' | 'zpl' | 'png';
    reference: string;
    reference_2: string;
    delivery_instructions: string;
    shipping_charge: string;
    gift_note: { note: string };
    courier: { incoterms: string; reason_for_export: string };
    ship_from: AddressDraft;
    ship_to: AddressDraft;
    parcels: ParcelDraft[];
  };
}

export function emptyItem(): ItemDraft {
  return { description: '', quantity: '1', value: '', weight: '', sku: '', hs_code: '', origin_country: '' };
}

export function emptyParcel(): ParcelDraft {
  return { weight: '', dim_length: '', dim_width: '', dim_height: '', items: [emptyItem()] };
}

export function address(from: postal.Address = {}): AddressDraft {
  const text = (key: keyof AddressDraft) => from[key] ?? '';
  return {
    name: text('name'),
    company_name: text('company_name'),
    address_1: text('address_1'),
    address_2: text('address_2'),
    city: text('city'),
    county: text('county'),
    postcode: text('postcode'),
    country_iso: text('country_iso'),
    phone: text('phone'),
    email: text('email'),
    eori_id: text('eori_id'),
  };
}

export function emptyOrder(account = ''): OrderDraft {
  return {
    account,
    auth: '',
    currency: 'GBP',
    ownSender: false,
    shipment: {
      dc_service_id: '',
      label_size: '4x6',
      label_format: 'pdf',
      reference: '',
      reference_2: '',
      delivery_instructions: '',
      shipping_charge: '',
      gift_note: { note: '' },
      courier: { incoterms: '', reason_for_export: '' },
      ship_from: address(),
      ship_to: address(),
      parcels: [emptyParcel()],
    },
  };
}

/** What the draft says, as the body of create-label. An item line without a word in it is left out. */
export function orderBody(
  draft: OrderDraft,
  auth: { courier: string; company: string; testing: boolean },
): Record<string, unknown> {
  const { shipment, currency } = draft;
  return {
    courier: auth.courier,
    auth_company: auth.company,
    testing: auth.testing,
    shipment: {
      ...shipment,
      ship_from: draft.ownSender ? shipment.ship_from : null,
      gift_note: shipment.gift_note.note ? shipment.gift_note : null,
      parcels: shipment.parcels.map((parcel) => ({
        ...parcel,
        weight_unit: 'kg',
        dim_unit: 'cm',
        items: parcel.items
          .filter((item) => item.description || item.sku || item.value)
          .map((item) => ({ ...item, value_currency: item.value ? currency : '', weight_unit: 'kg' })),
      })),
    },
  };
}

type Json = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Fills a draft from an order body: the sample, or a shipment that is made again. */
export function draftOf(body: Json, account: string): OrderDraft {
  const draft = emptyOrder(account);
  const from = (body.shipment ?? body) as Json;
  const courier = (from.courier ?? {}) as Json;
  const shipment = draft.shipment;
  for (const key of ['dc_service_id', 'reference', 'reference_2', 'delivery_instructions', 'shipping_charge'] as const)
    shipment[key] = text(from[key]);
  shipment.courier = { incoterms: text(courier.incoterms), reason_for_export: text(courier.reason_for_export) };
  shipment.gift_note.note = text((from.gift_note as Json | null)?.note);
  shipment.ship_to = address((from.ship_to ?? {}) as postal.Address);
  if (from.ship_from) {
    draft.ownSender = true;
    shipment.ship_from = address(from.ship_from as postal.Address);
  }
  const parcels = (from.parcels ?? []) as Json[];
  if (parcels.length) shipment.parcels = parcels.map(parcelOf);
  const priced = parcels.flatMap((p) => (p.items ?? []) as Json[]).find((item) => item.value_currency);
  draft.currency = text(priced?.value_currency) || draft.currency;
  return draft;
}

function parcelOf(parcel: Json): ParcelDraft {
  const items = (parcel.items ?? []) as Json[];
  return {
    weight: text(parcel.weight),
    dim_length: text(parcel.dim_length),
    dim_width: text(parcel.dim_width),
    dim_height: text(parcel.dim_height),
    items: items.map((item) => ({
      description: text(item.description),
      quantity: text(item.quantity) || '1',
      value: text(item.value),
      weight: text(item.weight),
      sku: text(item.sku),
      hs_code: text(item.hs_code),
      origin_country: text(item.origin_country),
    })),
  };
}

const union = new Set('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '));

/** Whether goods between the countries need customs papers; not while one of them is not known. */
export function needsCustoms(from: string, to: string): boolean {
  return from.length === 2 && to.length === 2 && from !== to && !(union.has(from) && union.has(to));
}
