import { untrack } from 'svelte';
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from '@tanstack/virtual-core';

/** Which rows of a scrolled list are in sight, with a few around them. */
export interface VirtualRows {
  readonly items: VirtualItem[];
  readonly before: number;
  readonly after: number;
  /** The rows that are really in sight. */
  readonly sight: { first: number; last: number } | undefined;
  scrollTo(index: number): void;
}

/** Keeps a virtualizer for rows of one height in step with its element and count. */
export function virtualRows(options: {
  element: () => HTMLElement | undefined;
  count: () => number;
  rowHeight: () => number;
  /** Covered by the sticky head. */
  headHeight: () => number;
}): VirtualRows {
  let version = $state(0);
  const settings = () => ({
    count: options.count(),
    getScrollElement: () => options.element() ?? null,
    estimateSize: () => options.rowHeight(),
    scrollPaddingStart: options.headHeight(),
    overscan: 24, // a turn of the wheel
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => {
      untrack(() => version++);
    },
  });
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(settings());

  $effect(() => virtualizer._didMount());
  $effect(() => {
    options.rowHeight();
    virtualizer.measure();
  });
  $effect.pre(() => {
    virtualizer.setOptions(settings());
    virtualizer._willUpdate();
  });

  const seen = $derived.by(() => {
    void version;
    virtualizer.setOptions(settings());
    const items = virtualizer.getVirtualItems();
    const total = virtualizer.getTotalSize();
    const range = virtualizer.range;
    return {
      items,
      before: items[0]?.start ?? 0,
      after: total - (items.at(-1)?.end ?? 0),
      sight: range && items.length ? { first: range.startIndex, last: range.endIndex } : undefined,
    };
  });

  return {
    get items() {
      return seen.items;
    },
    get before() {
      return seen.before;
    },
    get after() {
      return seen.after;
    },
    get sight() {
      return seen.sight;
    },
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
