import { describe, expect, it } from 'vitest';
import { emptyItem, emptyOrder, emptyParcel, fieldOf, isBegun, orderBody, type Json } from './order';
import { draftOf } from './read';

const login = { courier: 'OwnFleet', company: 'Main', testing: false };
const shipmentOf = (body: Json) => body.shipment as Json & { parcels: (Json & { items: Json[] })[]; ship_to: Json };

describe('an order', () => {
  it('is not begun by choosing units, an account or a service', () => {
    const order = emptyOrder({ account: 'a', weight_unit: 'lb', dim_unit: 'in' });
    order.shipment.dc_service_id = 'X';
    expect(isBegun(order)).toBe(false);
    order.shipment.ship_to.name = 'Ada';
    expect(isBegun(order)).toBe(true);
  });

  it('leaves out item lines with nothing in them, and finds the others again', () => {
    const order = emptyOrder();
    order.shipment.parcels[0]!.items = [
      emptyItem(order),
      { ...emptyItem(order), sku: 'MUG' },
      { ...emptyItem(order), weight: '1' },
    ];
    expect(shipmentOf(orderBody(order, login)).parcels[0]!.items.map((i) => i.sku)).toEqual(['MUG', '']);
    expect(fieldOf(order, 'shipment.parcels.0.items.0.description')).toBe('shipment.parcels.0.items.1.description');
    expect(fieldOf(order, 'shipment.parcels.0.items.1.description')).toBe('shipment.parcels.0.items.2.description');
    expect(fieldOf(order, 'shipment.parcels.0.weight')).toBe('shipment.parcels.0.weight');
    expect(fieldOf(order, 'shipment.parcels.0.items.0.value_currency')).toBe('currency');
    expect(fieldOf(order, 'auth_company')).toBe('auth');
  });

  const imported = {
    courier: 'OwnFleet',
    shipment: {
      order_id: '77',
      reference: 4711,
      courier: { signature: 'true', incoterms: 'DAP' },
      ship_to: { name: 'Ada', address_3: 'Gate 4', country: 'Germany', voec_number: '1' },
      parcels: [
        {
          weight: 2,
          weight_unit: 'KGS',
          packageId: 'box',
          items: [{ description: 'Mug', quantity: 3, weight: '300', weight_unit: 'g', image_url: 'u' }],
        },
      ],
    },
  };

  it('keeps what has no field of its own', () => {
    const sent = orderBody(draftOf(imported, {}), login);
    expect(sent).toMatchObject({ auth_company: 'Main' });
    expect(sent.shipment).toMatchObject({
      order_id: '77',
      reference: '4711',
      courier: { signature: 'true', incoterms: 'DAP' },
      ship_to: { address_3: 'Gate 4', country_iso: 'Germany', voec_number: '1' },
      parcels: [
        {
          packageId: 'box',
          weight: '2',
          weight_unit: 'kg',
          items: [{ quantity: '3', weight: '300', weight_unit: 'g', image_url: 'u' }],
        },
      ],
    });
  });

  it('gives what belonged to a parcel to no other one', () => {
    const order = draftOf(imported, {});
    order.shipment.parcels.unshift(emptyParcel(order));
    expect(shipmentOf(orderBody(order, login)).parcels.map((p) => p.packageId)).toEqual([undefined, undefined]);
  });

  it('comes back from its own body as it was', () => {
    const order = draftOf(imported, {});
    const again = draftOf(orderBody(order, login), {});
    expect(again.shipment).toEqual(order.shipment);
    expect(again.options).toEqual({ signature: 'true' });
  });
});
