import { flushSync } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Probe from './Probe.test.svelte';
import { pagedList, type PagedList, type PageOf } from './pages.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Row {
  id: number;
  word: string;
}

/** A table of rows, highest first, as the program pages it: four to a page, the cursor being the last one's id. */
class Shop {
  rows: Row[] = [];
  asked = 0;
  broken = false;

  constructor(count: number) {
    for (let id = 1; id <= count; id++) this.add('old');
  }

  add(word: string): void {
    this.rows.unshift({ id: (this.rows[0]?.id ?? 0) + 1, word });
  }

  change(id: number, word: string): void {
    this.rows = this.rows.map((row) => (row.id === id ? { id, word } : row));
  }

  page = (cursor: string): Promise<PageOf<Row>> => {
    this.asked++;
    if (this.broken) return Promise.reject(new Error('{"code":"unavailable","message":"Gone.","fields":[]}'));
    const behind = this.rows.filter((row) => !cursor || row.id < Number(cursor));
    const items = behind.slice(0, 4);
    return Promise.resolve({ items, next: behind.length > 4 ? String(items[3]!.id) : '' });
  };
}

function made<T>(fetch: (cursor: string) => Promise<PageOf<T>>, key?: (row: T) => unknown): PagedList<T> {
  let list!: PagedList<T>;
  render(Probe, { run: () => (list = pagedList(fetch, key)) });
  return list;
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const ids = (list: PagedList<Row>) => list.rows.map((row) => row.id).join(' ');

async function opened(count: number, pages = 1) {
  const shop = new Shop(count);
  const list = made(shop.page, (row: Row) => row.id);
  await settle();
  for (let i = 1; i < pages; i++) {
    list.loadMore();
    await settle();
  }
  return { shop, list };
}

describe('a paged list', () => {
  it('goes on from cursor to cursor, once at a time', async () => {
    const { shop, list } = await opened(10);
    expect([ids(list), list.more, list.first]).toEqual(['10 9 8 7', true, false]);
    list.loadMore();
    list.loadMore();
    await settle();
    expect([ids(list), shop.asked]).toEqual(['10 9 8 7 6 5 4 3', 2]);
    list.loadMore();
    await settle();
    expect([list.rows.length, list.more]).toEqual([10, false]);
    list.loadMore();
    await settle();
    expect(shop.asked).toBe(3);
  });

  it('does not ask without end after a failure, and asks again on refresh', async () => {
    const { shop, list } = await opened(10);
    shop.broken = true;
    list.loadMore();
    await settle();
    expect([list.error?.message, list.loading, ids(list)]).toEqual(['Gone.', false, '10 9 8 7']);
    list.loadMore();
    await settle();
    expect(shop.asked).toBe(2);
    shop.broken = false;
    await list.refresh();
    expect(list.error).toBeUndefined();
    list.loadMore();
    await settle();
    expect(list.rows.length).toBe(8);
  });

  it('without a key begins again from the first page', async () => {
    const shop = new Shop(10);
    const list = made(shop.page);
    await settle();
    list.loadMore();
    await settle();
    shop.add('new');
    await list.refresh();
    expect(ids(list)).toBe('11 10 9 8');
  });

  it('begins anew when its question changes, and drops what was asked before', async () => {
    const wanted = new SvelteMap([['of', 'a']]);
    const answers: Record<string, (page: PageOf<string>) => void> = {};
    const ask = vi.fn((cursor: string) => {
      const name = wanted.get('of') + cursor;
      return new Promise<PageOf<string>>((done) => (answers[name] = done));
    });
    const list = made(ask, (row) => row);
    answers.a!({ items: ['a1'], next: '2' });
    await settle();
    list.loadMore();
    await settle();
    const before = list.round;
    wanted.set('of', 'b');
    flushSync();
    answers.b!({ items: ['b1'], next: '' });
    await settle();
    answers.a2!({ items: ['a2'], next: '' });
    await settle();
    expect([list.rows, list.more, list.round > before]).toEqual([['b1'], false, true]);
  });
});

describe('a paged list that is kept up to date', () => {
  it('lets new rows in at the top, and changes the others where they stand', async () => {
    const { shop, list } = await opened(12, 2);
    list.see(0, 3);
    shop.add('new');
    shop.change(8, 'changed');
    await list.refresh();
    expect(ids(list)).toBe('13 12 11 10 9 8 7 6 5');
    expect([list.news.count, list.rows[5]!.word]).toEqual([0, 'old']); // not in sight
    list.see(0, 6);
    await settle();
    expect(list.rows[5]!.word).toBe('changed');
  });

  it('loses no page under a reader further down, and tells of what came in above', async () => {
    const { shop, list } = await opened(40, 5);
    const round = list.round;
    list.see(14, 17);
    for (let i = 0; i < 3; i++) shop.add('new');
    shop.change(24, 'changed');
    await list.refresh();
    expect(list.rows.map((row) => row.id)).toEqual(Array.from({ length: 23 }, (_, i) => 43 - i));
    expect([list.news.count, list.news.more, list.round]).toEqual([3, false, round]);
    expect(list.rows.find((row) => row.id === 24)?.word).toBe('changed');
    list.see(0, 4);
    expect(list.news.count).toBe(0);
  });

  it('keeps its rows where too many came in to be fetched, and says at least so many', async () => {
    const { shop, list } = await opened(40, 5);
    list.see(14, 17);
    for (let i = 0; i < 20; i++) shop.add('new');
    shop.change(25, 'changed');
    await list.refresh();
    expect([ids(list).slice(0, 5), list.rows.length, list.news.count, list.news.more]).toEqual(['40 39', 20, 12, true]);
    expect(list.rows.find((row) => row.id === 25)?.word).toBe('changed');
    await list.restart();
    expect([ids(list), list.news.count]).toEqual(['60 59 58 57', 0]);
  });

  it('begins again where that happens to a reader at the top', async () => {
    const { shop, list } = await opened(40, 3);
    list.see(0, 3);
    for (let i = 0; i < 20; i++) shop.add('new');
    await list.refresh();
    expect([ids(list), list.more]).toEqual(['60 59 58 57', true]);
  });

  it('lets go of rows that fit no longer', async () => {
    const { shop, list } = await opened(12, 3);
    list.see(0, 11);
    shop.rows = shop.rows.filter((row) => row.id !== 9 && row.id !== 6);
    await list.refresh();
    expect(ids(list)).toBe('12 11 10 8 7 5 4 3 2 1');
  });

  it('goes on behind its last page after that page grew', async () => {
    const { shop, list } = await opened(6);
    list.see(0, 3);
    shop.add('new');
    await list.refresh();
    list.loadMore();
    await settle();
    expect(ids(list)).toBe('7 6 5 4 3 2 1');
  });

  it('takes a row that moved up for no end of a page', async () => {
    const shop = new Shop(0);
    shop.rows = [9, 8, 7, 6, 5, 4, 3, 2, 1].map((id) => ({ id, word: 'old' }));
    // Sorted by something that changes: the cursor is the place.
    const page = (cursor: string): Promise<PageOf<Row>> => {
      const from = Number(cursor || 0);
      return Promise.resolve({ items: shop.rows.slice(from, from + 3), next: from + 3 < 9 ? String(from + 3) : '' });
    };
    const list = made(page, (row: Row) => row.id);
    await settle();
    list.loadMore();
    await settle();
    shop.rows = [6, 9, 8, 7, 5, 4, 3, 2, 1].map((id) => ({ id, word: 'new' }));
    list.see(0, 5);
    await list.refresh();
    expect(ids(list)).toBe('6 9 8 7 5 4');
  });

  it('asks once for many changes that come while it asks', async () => {
    const { shop, list } = await opened(10);
    const before = shop.asked;
    const all = [list.refresh(), list.refresh(), list.refresh()];
    await Promise.all(all);
    expect(shop.asked - before).toBe(1);
  });
});

describe('coming back to a list', () => {
  it('shows what it had fetched at once, brings it up to date where it is in sight, and goes on', async () => {
    const { shop, list } = await opened(12, 2);
    const kept = list.fetched;
    shop.change(7, 'new');
    shop.asked = 0;
    let back!: PagedList<Row>;
    render(Probe, {
      run: () =>
        (back = pagedList(
          shop.page,
          (row: Row) => row.id,
          () => kept,
        )),
    });
    flushSync();
    expect(ids(back)).toBe('12 11 10 9 8 7 6 5');
    expect(shop.asked).toBe(0);
    expect([back.loading, back.first, back.more]).toEqual([false, false, true]);
    back.see(4, 7);
    await settle();
    expect(back.rows.find((row) => row.id === 7)?.word).toBe('new');
    back.loadMore();
    await settle();
    expect(ids(back)).toBe('12 11 10 9 8 7 6 5 4 3 2 1');
  });
});
