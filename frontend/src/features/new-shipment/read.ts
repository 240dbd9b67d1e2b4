import type { postal } from '../../../wailsjs/go/models';
import { address } from '../contacts/address';
import {
  emptyItem,
  emptyOrder,
  type ItemDraft,
  type Json,
  type Kept,
  type OrderDraft,
  type ParcelDraft,
} from './order';

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);

/** Fills a draft from an order body: the sample, a kept draft, or a shipment that is made again. */
export function draftOf(body: Json, kept: Kept): OrderDraft {
  const draft = emptyOrder(kept);
  const from = object(body.shipment ?? body);
  draft.source = body.shipment ? body : { shipment: body };
  const shipment = draft.shipment;
  for (const key of ['dc_service_id', 'reference', 'reference_2', 'delivery_instructions', 'shipping_charge'] as const)
    shipment[key] = text(from[key]);
  if (from.label_size === 'A6') shipment.label_size = 'A6';
  if (from.label_format === 'zpl' || from.label_format === 'png') shipment.label_format = from.label_format;
  const { incoterms, reason_for_export, ...options } = object(from.courier);
  shipment.courier = { incoterms: text(incoterms), reason_for_export: text(reason_for_export) };
  draft.options = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, text(value)]));
  shipment.gift_note.note = text(object(from.gift_note).note ?? from.gift_note);
  shipment.commercial_invoice_details.eori_number = text(object(from.commercial_invoice_details).eori_number);
  shipment.ship_to = address(object(from.ship_to) as postal.Address);
  if (from.ship_from) {
    draft.ownSender = true;
    shipment.ship_from = address(object(from.ship_from) as postal.Address);
  }
  const parcels = list(from.parcels);
  const items = parcels.flatMap((p) => list(p.items));
  draft.currency = text(items.find((item) => item.value_currency)?.value_currency) || draft.currency;
  if (parcels.length) {
    shipment.parcels = parcels.map(parcelOf);
    const { weight_unit, dim_unit } = shipment.parcels[0]!;
    Object.assign(draft, { weight_unit, dim_unit });
  }
  return draft;
}

/** A unit as the screen shows it: "KG" and "lbs" are kg and lb. */
function unit(value: unknown, usual: string): string {
  const said = text(value).trim().toLowerCase();
  return (said.length > 2 ? said.replace(/s$/, '') : said) || usual;
}

function parcelOf(parcel: Json): ParcelDraft {
  const weight_unit = unit(parcel.weight_unit, 'kg');
  const items = list(parcel.items).map((item): ItemDraft => ({
    description: text(item.description),
    quantity: text(item.quantity) || '1',
    value: text(item.value),
    weight: text(item.weight),
    weight_unit: unit(item.weight_unit, 'kg'),
    sku: text(item.sku),
    hs_code: text(item.hs_code),
    origin_country: text(item.origin_country),
  }));
  return {
    weight: text(parcel.weight),
    weight_unit,
    dim_length: text(parcel.dim_length),
    dim_width: text(parcel.dim_width),
    dim_height: text(parcel.dim_height),
    dim_unit: unit(parcel.dim_unit, 'cm'),
    items: items.length ? items : [emptyItem({ weight_unit })],
  };
}
