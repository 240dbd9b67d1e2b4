import { toApiError, type ApiError } from '$lib/api/errors';
import type { Command } from './commands.svelte';

/** Where the palette's things come from: accounts, couriers, shipments. */
export interface Things {
  /** Those that are few enough to be searched here; asked for once each time the palette is used. */
  all: () => Promise<Command[]>;
  /** Those that only the program can search; asked for as somebody types. */
  find: (query: string) => Promise<Command[]>;
}

/** A rest in typing that is long enough to ask the program. */
const restMs = 120;

/** The things of an open palette. Call while a component is made. */
export function foundThings(things: Things | undefined, query: () => string) {
  let all = $state.raw<readonly Command[]>([]);
  let found = $state.raw<readonly Command[]>([]);
  let error = $state.raw<ApiError | undefined>();
  let asked = false;

  $effect(() => {
    const text = query();
    found = [];
    if (!things || !text) return;
    if (!asked) {
      asked = true;
      things.all().then((list) => (all = list), failed);
    }
    let over = false;
    const rest = setTimeout(() => {
      things.find(text).then((list) => over || (found = list), failed);
    }, restMs);
    return () => {
      over = true;
      clearTimeout(rest);
    };
  });

  function failed(reason: unknown) {
    error = toApiError(reason);
  }

  return {
    get all() {
      return all;
    },
    /** Found by the program itself, so not matched again. */
    get found() {
      return found;
    },
    get error() {
      return error;
    },
  };
}
