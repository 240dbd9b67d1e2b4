import { toApiError, type ApiError } from '$lib/api/errors';

/** A wait shorter than this shows nothing. */
const skeletonAfterMs = 150;

/** Something fetched: its data, its error, and when a skeleton should stand in for it. */
export interface Resource<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  /** There is nothing to show yet and the wait has become long enough to be seen. */
  readonly skeleton: boolean;
  /** Fetches again. What is shown stays until the new answer is there. */
  refresh(): Promise<void>;
}

/**
 * Fetches for a component: at once, again whenever state that `fetch` reads synchronously changes, and on refresh().
 * An answer that was overtaken by a later question is dropped.
 */
export function resource<T>(fetch: () => Promise<T>): Resource<T> {
  const state = $state<{ error: ApiError | undefined; loading: boolean; skeleton: boolean }>({
    error: undefined,
    loading: true,
    skeleton: false,
  });
  let data = $state.raw<T | undefined>();
  let asked = 0;

  async function ask(question: Promise<T>): Promise<void> {
    const mine = ++asked;
    state.loading = true;
    const timer = setTimeout(() => {
      if (mine === asked && data === undefined) state.skeleton = true;
    }, skeletonAfterMs);
    try {
      const answer = await question;
      if (mine !== asked) return;
      data = answer;
      state.error = undefined;
    } catch (reason) {
      if (mine === asked) state.error = toApiError(reason);
    } finally {
      clearTimeout(timer);
      if (mine === asked) {
        state.loading = false;
        state.skeleton = false;
      }
    }
  }

  $effect(() => {
    void ask(fetch());
    return () => {
      asked++;
    };
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return state.error;
    },
    get loading() {
      return state.loading;
    },
    get skeleton() {
      return state.skeleton;
    },
    refresh: () => ask(fetch()),
  };
}
