import { untrack } from 'svelte';
import { toApiError, type ApiError } from '$lib/api/errors';
import { newOnes, renewed, updated, type LoadedPage } from './renew';

/** One page of a list that goes on: `next` is the cursor of the page after it, empty on the last one. */
export interface PageOf<T> {
  items: T[];
  next: string;
}

/** What a list has fetched: it can be kept while its page is left, and gone on with. */
export interface Fetched<T> {
  /** Each with the cursor of its beginning. */
  readonly pages: readonly { readonly cursor: string; readonly items: readonly T[] }[];
  /** Of the page after them, empty at the end of the list. */
  readonly next: string;
}

/** A list fetched page by page (keyset paging), as the table wants it. */
export interface PagedList<T> {
  readonly rows: T[];
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  /** No page has come yet. */
  readonly first: boolean;
  readonly more: boolean;
  /** So many rows are fetched that no more are; there may be others. */
  readonly full: boolean;
  /** Another number whenever the list begins anew: the table then goes to its top. */
  readonly round: number;
  /** How many rows came in above since the reader left the top, or at least so many. */
  readonly news: { count: number; more: boolean };
  readonly fetched: Fetched<T>;
  loadMore(): void;
  /** Tells which rows are in sight: these are kept up to date, and further rows are fetched in time. */
  see(first: number, last: number): void;
  /**
   * Asks again for what is shown. With `key`, what was fetched stays: rows change where they stand, and new ones come in at
   * their place. Without it, the list begins again from the first page; what is shown stays until that is there.
   */
  refresh(): Promise<void>;
  /** Begins again from the first page, at the top. */
  restart(): Promise<void>;
}

/** Rows that a list holds at most: a screen's own memory, and the height that browsers can scroll, are not endless. */
export const mostRows = 50_000;
/** A page that needs more questions than this to be brought up to date has changed too much. */
const mostQuestions = 3;

/**
 * Fetches the first page at once and again whenever state that `fetch` reads synchronously changes. `key` says what a row
 * is called however its contents change. `kept` gives what the same list had fetched before, where somebody comes back to
 * it: that is shown at once, and asked for again where it is in sight.
 */
export function pagedList<T>(
  fetch: (cursor: string) => Promise<PageOf<T>>,
  key?: (row: T) => unknown,
  kept?: () => Fetched<T> | undefined,
): PagedList<T> {
  let rows = $state.raw<T[]>([]);
  const state = $state({ loading: true, first: true, next: '', round: 0, news: 0, newsMore: false });
  let error = $state.raw<ApiError | undefined>();
  let pages: LoadedPage<T>[] = [];
  let sight = { first: 0, last: 0 };
  /** Counts up when everything asked before is of no interest any more. */
  let era = 0;
  /** Questions that change what is loaded are asked one after another. */
  let work: Promise<void> = Promise.resolve();
  let renewing = false;

  function show() {
    rows = pages.flatMap((page) => page.items);
  }

  async function begin(question: Promise<PageOf<T>>, anew: boolean): Promise<void> {
    const mine = ++era;
    state.loading = true;
    try {
      const page = await question;
      if (mine !== era) return;
      pages = [{ cursor: '', items: page.items, stale: false }];
      state.next = page.next;
      if (anew) {
        state.round++;
        sight = { first: 0, last: 0 };
      }
      Object.assign(state, { first: false, news: 0, newsMore: false });
      error = undefined;
      show();
    } catch (reason) {
      if (mine === era) error = toApiError(reason);
    } finally {
      if (mine === era) state.loading = false;
    }
  }

  async function append(mine: number): Promise<void> {
    try {
      const page = await fetch(state.next);
      if (mine !== era) return;
      pages.push({ cursor: state.next, items: page.items, stale: false });
      state.next = page.next;
      show();
    } catch (reason) {
      if (mine === era) error = toApiError(reason);
    } finally {
      if (mine === era) state.loading = false;
    }
  }

  /** The places of the stale pages that are in sight, and of the first one, where new rows come in. */
  function wanted(): number[] {
    let start = 0;
    return pages.flatMap((page, i) => {
      const end = start + page.items.length;
      const seen = i === 0 || (start <= sight.last && end > sight.first);
      start = end;
      return seen && page.stale ? [i] : [];
    });
  }

  async function renew(mine: number): Promise<void> {
    renewing = false;
    try {
      for (const i of wanted()) {
        const page = pages[i]!;
        page.stale = false;
        if (!(await renewPage(i, mine))) return;
      }
      error = undefined;
    } catch (reason) {
      if (mine === era) error = toApiError(reason);
    }
  }

  /** Answers false where the list has begun anew meanwhile. */
  async function renewPage(i: number, mine: number): Promise<boolean> {
    const page = pages[i]!;
    const fetched: PageOf<T> = { items: [], next: page.cursor };
    let items: T[] | undefined;
    for (let asked = 0; asked < mostQuestions && !items; asked++) {
      const more = await fetch(fetched.next);
      if (mine !== era) return false;
      fetched.items.push(...more.items);
      fetched.next = more.next;
      items = renewed(page, pages[i + 1], fetched, key!);
      if (!fetched.next) break;
    }
    const top = sight.first === 0;
    if (!items && top) {
      await begin(fetch(''), false);
      return false;
    }
    if (i === 0 && !top) {
      const added = newOnes(items ?? fetched.items, rows, key!);
      state.news = items ? state.news + added : Math.max(state.news, added);
      state.newsMore ||= !items;
    }
    if (items && i === pages.length - 1) state.next = fetched.next;
    page.items = items ?? updated(page.items, fetched.items, key!);
    show();
    return true;
  }

  function later(act: (mine: number) => Promise<void>): Promise<void> {
    const mine = era;
    work = work.then(() => (mine === era ? act(mine) : undefined));
    return work;
  }

  function renewSoon(): Promise<void> {
    if (renewing) return work;
    renewing = true;
    return later(renew);
  }

  function start(anew: boolean): Promise<void> {
    renewing = false;
    work = begin(fetch(''), anew);
    return work;
  }

  function goOn(before: Fetched<T>): void {
    era++;
    renewing = false;
    work = Promise.resolve();
    pages = before.pages.map(({ cursor, items }) => ({ cursor, items: [...items], stale: true }));
    state.round++;
    Object.assign(state, { loading: false, first: false, next: before.next, news: 0, newsMore: false });
    error = undefined;
    show();
  }

  $effect(() => {
    const before = kept?.();
    if (before) untrack(() => goOn(before));
    else void start(true);
    return () => {
      era++;
    };
  });

  return {
    get rows() {
      return rows;
    },
    get error() {
      return error;
    },
    get loading() {
      return state.loading;
    },
    get first() {
      return state.first;
    },
    get more() {
      return state.next !== '' && rows.length < mostRows;
    },
    get full() {
      return state.next !== '' && rows.length >= mostRows;
    },
    get round() {
      return state.round;
    },
    get news() {
      return { count: state.news, more: state.newsMore };
    },
    get fetched() {
      return { pages: pages.map(({ cursor, items }) => ({ cursor, items })), next: state.next };
    },
    loadMore() {
      // After a failure, only a refresh asks again: a table would ask without end.
      if (state.loading || error || !this.more) return;
      state.loading = true;
      void later(append);
    },
    see(first, last) {
      sight = { first, last };
      if (first === 0 && state.news) Object.assign(state, { news: 0, newsMore: false });
      if (wanted().length) void renewSoon();
    },
    refresh() {
      if (!key || state.first) return start(false);
      for (const page of pages) page.stale = true;
      return renewSoon();
    },
    restart: () => start(true),
  };
}
