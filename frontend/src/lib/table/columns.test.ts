import { describe, expect, it } from 'vitest';
import {
  arranged,
  clampWidth,
  columnsThatFit,
  drawnWidths,
  leastWidth,
  moved,
  movedIndex,
  toggledRow,
  toggledSort,
  withRange,
} from './columns';

describe('columns', () => {
  it('appear with width', () => {
    const columns = [
      { key: 'a', label: 'A' },
      { key: 'b', label: 'B', from: 50 },
      { key: 'c', label: 'C', from: 90 },
    ];
    expect(columnsThatFit(columns, 49).map((c) => c.key)).toEqual(['a']);
    expect(columnsThatFit(columns, 50).map((c) => c.key)).toEqual(['a', 'b']);
    expect(columnsThatFit(columns, 120).map((c) => c.key)).toEqual(['a', 'b', 'c']);
  });

  const three = [
    { key: 'a', label: 'A', width: 5 },
    { key: 'b', label: 'B' },
    { key: 'c', label: 'C', width: 6, from: Infinity },
  ];

  it('stand as they were chosen, with the widths they were given', () => {
    expect(arranged(three, undefined, 200).map((c) => c.key)).toEqual(['a', 'b']);
    expect(arranged(three, ['c', 'gone', 'a'], 10, { a: 9 }).map((c) => [c.key, c.width])).toEqual([
      ['c', 6],
      ['a', 9],
    ]);
  });

  it('leave what is over to the one without a width, or to the last', () => {
    expect(drawnWidths(arranged(three, ['a', 'b', 'c'], 0))).toEqual([5, undefined, 6]);
    expect(drawnWidths(arranged(three, ['a', 'b', 'c'], 0, { b: 9 }))).toEqual([5, 9, undefined]);
    expect(leastWidth(arranged(three, ['a', 'b', 'c'], 0, { b: 9 }), true)).toBe(23);
  });

  it.each([
    [0, 3],
    [100, 40],
    [7.149, 7.1],
  ])('of %d rem are kept as %d', (given, kept) => expect(clampWidth(given)).toBe(kept));

  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 9, 'acb'],
    [9, 0, 'abc'],
  ])('go from %d to %d', (from, to, order) => expect(moved([...'abc'], from, to).join('')).toBe(order));

  it('sort down first, then up, and down again in another', () => {
    expect(toggledSort(undefined, 'a')).toEqual({ key: 'a', descending: true });
    expect(toggledSort({ key: 'a', descending: true }, 'a')).toEqual({ key: 'a', descending: false });
    expect(toggledSort({ key: 'a', descending: false }, 'b')).toEqual({ key: 'b', descending: true });
  });
});

describe('rows', () => {
  it.each([
    [-1, 1, 0],
    [-1, -1, 0],
    [0, -1, 0],
    [3, 1, 4],
    [9, 1, 9],
    [4, -Infinity, 0],
    [4, Infinity, 9],
  ])('from %d by %d leads to %d of ten', (at, by, to) => expect(movedIndex(at, by, 10)).toBe(to));

  it('turn over one by one', () => {
    expect(toggledRow(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggledRow(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('are taken from the anchor to here, in either direction', () => {
    const keys = ['a', 'b', 'c', 'd'];
    expect(withRange(['a'], keys, 'b', 'd')).toEqual(['a', 'b', 'c', 'd']);
    expect(withRange([], keys, 'c', 'a')).toEqual(['a', 'b', 'c']);
    expect(withRange([], keys, 'gone', 'c')).toEqual(['c']);
  });
});
