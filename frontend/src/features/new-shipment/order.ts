import type { auth } from '../../../wailsjs/go/models';
import { address, type AddressDraft } from '../contacts/address';

export type Json = Record<string, unknown>;

/** One line of a parcel's contents, as typed. */
export interface ItemDraft {
  description: string;
  quantity: string;
  value: string;
  weight: string;
  weight_unit: string;
  sku: string;
  hs_code: string;
  origin_country: string;
}

export interface ParcelDraft {
  weight: string;
  weight_unit: string;
  dim_length: string;
  dim_width: string;
  dim_height: string;
  dim_unit: string;
  items: ItemDraft[];
}

/** How weights and sizes are measured. */
export interface Units {
  weight_unit: string;
  dim_unit: string;
}

export const weightUnits = ['kg', 'g', 'lb', 'oz'];
export const dimUnits = ['cm', 'mm', 'in'];

/** The form of a new shipment. Below `shipment` it has the paths of the order body, so that a refusal finds its field. */
export interface OrderDraft extends Units {
  account: string;
  auth: string;
  currency: string;
  ownSender: boolean;
  /** What the courier's own fields of an order say. */
  options: Record<string, string>;
  /** The body that the form was filled from: what has no field here is sent as it came. */
  source: Json;
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
    commercial_invoice_details: { eori_number: string };
    ship_from: AddressDraft;
    ship_to: AddressDraft;
    parcels: ParcelDraft[];
  };
}

export function emptyItem({ weight_unit }: Pick<Units, 'weight_unit'>): ItemDraft {
  return {
    description: '',
    quantity: '1',
    value: '',
    weight: '',
    weight_unit,
    sku: '',
    hs_code: '',
    origin_country: '',
  };
}

export function emptyParcel({ weight_unit, dim_unit }: Units): ParcelDraft {
  const sides = { dim_length: '', dim_width: '', dim_height: '', dim_unit };
  return { weight: '', weight_unit, ...sides, items: [emptyItem({ weight_unit })] };
}

/** What a next order begins with: who ships, and how things are measured. */
export type Kept = Partial<Pick<OrderDraft, 'account' | 'auth' | 'currency' | 'weight_unit' | 'dim_unit'>>;

export function emptyOrder(kept: Kept = {}): OrderDraft {
  const units = { weight_unit: kept.weight_unit ?? 'kg', dim_unit: kept.dim_unit ?? 'cm' };
  return {
    account: kept.account ?? '',
    auth: kept.auth ?? '',
    currency: kept.currency ?? 'GBP',
    ...units,
    ownSender: false,
    options: {},
    source: {},
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
      commercial_invoice_details: { eori_number: '' },
      ship_from: address(),
      ship_to: address(),
      parcels: [emptyParcel(units)],
    },
  };
}

const begun = (item: ItemDraft) => JSON.stringify(item) !== JSON.stringify(emptyItem(item));

/** The item lines that are sent, by their place on the screen. A line with nothing in it is left out. */
const sent = (parcel: ParcelDraft) => [...parcel.items.keys()].filter((i) => begun(parcel.items[i]!));

type Login = Pick<auth.Auth, 'courier' | 'company' | 'testing'>;

/** What the draft says, as the body of create-label. */
export function orderBody(draft: OrderDraft, login: Login | undefined): Json {
  const { shipment, currency } = draft;
  const { eori_number } = shipment.commercial_invoice_details;
  const said = {
    ...(login && { courier: login.courier, auth_company: login.company, testing: login.testing }),
    shipment: {
      ...shipment,
      courier: { ...draft.options, ...shipment.courier },
      ship_from: draft.ownSender ? shipment.ship_from : null,
      gift_note: shipment.gift_note.note ? shipment.gift_note : null,
      commercial_invoice_details: eori_number ? { eori_number } : null,
      parcels: shipment.parcels.map((parcel) => ({
        ...parcel,
        items: sent(parcel)
          .map((i) => parcel.items[i]!)
          .map((item) => ({ ...item, value_currency: item.value ? currency : '' })),
      })),
    },
  };
  return over(draft.source, said) as Json;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lays what the form says over what it was filled from. A list that became longer or shorter is the form's alone. */
function over(source: unknown, said: unknown): unknown {
  if (Array.isArray(source) && Array.isArray(said) && source.length === said.length)
    return said.map((value, i) => over(source[i], value));
  if (!isObject(source) || !isObject(said)) return said;
  return {
    ...source,
    ...Object.fromEntries(Object.entries(said).map(([key, value]) => [key, over(source[key], value)])),
  };
}

/** The field of the form that a path of the body is about. */
export function fieldOf(draft: OrderDraft, path: string): string {
  if (path.endsWith('.value_currency')) return 'currency';
  if (path === 'auth_company' || path === 'testing' || path === 'courier') return 'auth';
  const [, p, i, rest] = /^shipment\.parcels\.(\d+)\.items\.(\d+)\.(.+)$/.exec(path) ?? [];
  if (p === undefined) return path;
  const parcel = draft.shipment.parcels[Number(p)];
  const place = parcel && sent(parcel)[Number(i)];
  return place === undefined ? path : `shipment.parcels.${p}.items.${place}.${rest}`;
}

/** Whether anything of the order itself was typed, beside the service and the form of the label. */
export function isBegun(draft: OrderDraft): boolean {
  const { dc_service_id, label_size, label_format } = draft.shipment;
  const none = { ...emptyOrder(draft).shipment, dc_service_id, label_size, label_format };
  return JSON.stringify(draft.shipment) !== JSON.stringify(none);
}
