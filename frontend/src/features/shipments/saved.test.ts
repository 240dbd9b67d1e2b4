import { describe, expect, it } from 'vitest';
import { changed, isNarrowed, listedBy, onTab, queryOf, savedOf, withoutFilters, type SavedView } from './saved';

const heavy: SavedView = {
  id: 'v1',
  name: 'Heavy',
  place: 1,
  version: 1,
  created_ms: 0,
  updated_ms: 0,
  query: {
    q: 'mug',
    account: 'a1',
    courier: 'OwnFleet',
    status: ['booked', 'unknown'],
    country: 'IE',
    testing: 'no',
    printed: 'yes',
    since: '2026-03-01',
    until: '2026-03-02',
    sort: { by: 'weight', ascending: false },
    columns: ['number', 'weight'],
  },
};

describe('a saved view', () => {
  it('becomes an address and is saved again as it was', () => {
    expect(queryOf(heavy)).toMatchObject({ status: 'booked,unknown', sort: '-weight', columns: 'number,weight' });
    expect(savedOf(queryOf(heavy))).toEqual(heavy.query);
    const plain = { ...heavy, query: savedOf({}) };
    expect(Object.values(queryOf(plain)).filter(Boolean)).toEqual([]);
    expect(savedOf(queryOf(plain))).toEqual(plain.query);
  });

  it('is listed by its id alone, and by the address once it is changed', () => {
    const pure = listedBy({ view: 'v1' }, [heavy]);
    expect([pure.tab, pure.edited, pure.query.country]).toEqual(['v1', false, 'IE']);
    const address = changed(pure, { country: '' });
    expect(address).toMatchObject({ view: 'v1', edited: 'yes', q: 'mug', country: '' });
    const now = listedBy(address, [heavy]);
    expect([now.tab, now.edited, now.query.country, now.query.q]).toEqual(['v1', true, '', 'mug']);
  });

  it('that is gone leaves the whole list', () => {
    expect(listedBy({ view: 'v2', q: 'x' }, [heavy])).toMatchObject({
      tab: 'all',
      saved: undefined,
      query: { q: 'x' },
    });
  });
});

describe('a built-in view', () => {
  it('adds to what the address asks for, and is left by changing what it asks for itself', () => {
    const now = listedBy({ view: 'unprinted', q: 'x' }, []);
    expect(now.query).toMatchObject({ q: 'x', status: 'booked', printed: 'no' });
    expect(changed(now, { country: 'IE' })).toEqual({ country: 'IE' });
    expect(changed(now, { printed: '' })).toMatchObject({ view: '', q: 'x', status: 'booked', printed: '' });
  });

  it('keeps the filters when another is chosen; a saved one does not hand its own on', () => {
    expect(onTab(listedBy({ q: 'x' }, []), 'today')).toEqual({ view: 'today' });
    expect(onTab(listedBy({ q: 'x' }, []), 'all')).toEqual({ view: '' });
    const from = onTab(listedBy({ view: 'v1' }, [heavy]), 'today');
    expect([from.view, isNarrowed({ ...from, view: '' })]).toEqual(['today', false]);
  });
});

it('a change that changes nothing leaves the address alone', () => {
  expect(changed(listedBy({ view: 'v1' }, [heavy]), { q: 'mug' })).toEqual({});
  expect(changed(listedBy({}, []), { q: '' })).toEqual({});
});

it('clearing takes every filter away and leaves the order', () => {
  const now = listedBy({ q: 'x', since: 'today', sort: 'weight' }, []);
  const left = { ...now.query, ...withoutFilters(now) };
  expect([isNarrowed(left), left.sort]).toEqual([false, 'weight']);
});
