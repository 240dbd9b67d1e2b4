import { describe, expect, it } from 'vitest';
import { href, match, routes, type RouteName } from './routes';

describe('href', () => {
  it('fills parts and query', () => {
    expect(href('shipment', { number: 184206 }, { tab: 'documents' })).toBe('#/shipments/184206?tab=documents');
    expect(href('shipments', { account: 'North Dock', q: 'a&b=c' })).toBe('#/shipments?q=a%26b%3Dc&account=North+Dock');
    expect(href('courier', { key: 'Own/Fleet' })).toBe('#/couriers/Own%2FFleet');
  });

  it('leaves empty values out', () => {
    expect(href('shipments', { q: '', account: undefined })).toBe('#/shipments');
    expect(href('bench')).toBe('#/bench');
  });
});

describe('match', () => {
  it('reads parts and query', () => {
    expect(match('#/shipments/184206?tab=documents')).toEqual({
      name: 'shipment',
      params: { number: '184206' },
      query: { tab: 'documents' },
    });
  });

  it('prefers words to parts', () => expect(match('#/shipments/new')?.name).toBe('newShipment'));

  it('drops query keys that the route does not know', () => {
    expect(match('#/rules?evil=1')).toEqual({ name: 'rules', params: {}, query: {} });
  });

  it.each(['', '#', '#/', '#/nowhere', '#/shipments/1/2', '#/couriers/%E0%A4%A'])('%j leads nowhere', (hash) =>
    expect(match(hash)).toBeUndefined(),
  );

  it('reads every address that href makes', () => {
    const text = 'ä/ö? &=#% 東';
    for (const name of Object.keys(routes) as RouteName[]) {
      const params = Object.fromEntries([...routes[name].path.matchAll(/:(\w+)/g)].map((m) => [m[1]!, text]));
      const query = Object.fromEntries(routes[name].query.map((key) => [key, text]));
      const to = Object.keys(params).length ? [params, query] : [query];
      const hash = (href as (name: RouteName, ...to: unknown[]) => string)(name, ...to);
      expect(match(hash)).toEqual({ name, params, query });
    }
  });
});
