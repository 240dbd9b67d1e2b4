import { toApiError, type ApiError } from '$lib/api/errors';

/** One page of a list that goes on: `next` is the cursor of the page after it, empty on the last one. */
export interface PageOf<T> {
  items: T[];
  next: string;
}

/** A list fetched page by page (keyset paging), as the table wants it. */
export interface PagedList<T> {
  readonly rows: T[];
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  /** No page has come yet. */
  readonly first: boolean;
  readonly more: boolean;
  loadMore(): void;
  /** Starts again from the first page; what is shown stays until it is there. */
  refresh(): Promise<void>;
}

/** Fetches the first page at once and again whenever state that `fetch` reads synchronously changes. */
export function pagedList<T>(fetch: (cursor: string) => Promise<PageOf<T>>): PagedList<T> {
  let rows = $state.raw<T[]>([]);
  const state = $state<{ error: ApiError | undefined; loading: boolean; first: boolean; next: string }>({
    error: undefined,
    loading: true,
    first: true,
    next: '',
  });
  let asked = 0;

  async function ask(question: Promise<PageOf<T>>, append: boolean): Promise<void> {
    const mine = ++asked;
    state.loading = true;
    try {
      const page = await question;
      if (mine !== asked) return;
      rows = append ? [...rows, ...page.items] : page.items;
      state.next = page.next;
      state.error = undefined;
      state.first = false;
    } catch (reason) {
      if (mine === asked) state.error = toApiError(reason);
    } finally {
      if (mine === asked) state.loading = false;
    }
  }

  $effect(() => {
    void ask(fetch(''), false);
    return () => {
      asked++;
    };
  });

  return {
    get rows() {
      return rows;
    },
    get error() {
      return state.error;
    },
    get loading() {
      return state.loading;
    },
    get first() {
      return state.first;
    },
    get more() {
      return state.next !== '';
    },
    loadMore() {
      if (!state.loading && state.next) void ask(fetch(state.next), true);
    },
    refresh: () => ask(fetch(''), false),
  };
}
