import { tick, untrack } from 'svelte';

/** Rows that are looked for when the first one in sight is gone. */
const reach = 50;

/**
 * Keeps what is in sight where it is while rows come in or go above it. At the top, new rows come into sight; when `round`
 * changes, it is another list, which begins at its top. Where nothing was shown before, it begins with the row `at` in the
 * middle: somebody has come back to it.
 */
export function keepPlace(options: {
  element: () => HTMLElement | undefined;
  keys: () => readonly string[];
  rowHeight: () => number;
  round: () => number | undefined;
  /** The keyboard's row; -1 for none. */
  at: () => number;
}): void {
  let was: { keys: readonly string[]; round: number | undefined } = { keys: [], round: undefined };
  $effect(() => {
    const [keys, round, before] = [options.keys(), options.round(), was];
    was = { keys, round };
    const element = untrack(options.element);
    const height = untrack(options.rowHeight);
    if (!element || keys === before.keys) return;
    if (round !== before.round) {
      element.scrollTop = 0;
      const at = before.keys.length ? -1 : untrack(options.at);
      // Not before the virtualizer has the element: it begins at the top.
      if (at > 0) void tick().then(() => (element.scrollTop = (at + 1) * height - element.clientHeight / 2));
      return;
    }
    const first = Math.floor(element.scrollTop / height);
    if (first === 0) return;
    for (let i = first; i < Math.min(first + reach, before.keys.length); i++) {
      const now = keys[i] === before.keys[i] ? i : keys.indexOf(before.keys[i]!);
      if (now < 0) continue;
      if (now !== i) element.scrollTop += (now - i) * height;
      return;
    }
  });
}
