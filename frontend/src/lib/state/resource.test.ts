import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Probe from './Probe.test.svelte';
import { pagedList, type PagedList, type PageOf } from './pages.svelte';
import { resource, type Resource } from './resource.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Runs `make` inside a component, where effects live. */
function inComponent<T>(make: () => T): T {
  let made!: T;
  render(Probe, { run: () => (made = make()) });
  return made;
}

/** A question whose answer the test gives. */
function question<T>() {
  const asked: { answer: (value: T) => void; refuse: (reason: unknown) => void }[] = [];
  const ask = vi.fn(() => new Promise<T>((answer, refuse) => asked.push({ answer, refuse })));
  return { ask, asked };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a resource', () => {
  const make = () => {
    const { ask, asked } = question<string>();
    return { asked, it: inComponent<Resource<string>>(() => resource(ask)) };
  };

  it('shows a skeleton only when the wait is long', async () => {
    const { it, asked } = make();
    await vi.advanceTimersByTimeAsync(149);
    expect(it.skeleton).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(it.skeleton).toBe(true);
    asked[0]!.answer('here');
    await settle();
    expect([it.data, it.skeleton, it.loading]).toEqual(['here', false, false]);
  });

  it('keeps what is shown while it refreshes', async () => {
    const { it, asked } = make();
    asked[0]!.answer('old');
    await settle();
    void it.refresh();
    await vi.advanceTimersByTimeAsync(500);
    expect([it.data, it.loading, it.skeleton]).toEqual(['old', true, false]);
    asked[1]!.answer('new');
    await settle();
    expect(it.data).toBe('new');
  });

  it('drops an answer that was overtaken', async () => {
    const { it, asked } = make();
    void it.refresh();
    asked[1]!.answer('second');
    await settle();
    asked[0]!.answer('first');
    await settle();
    expect(it.data).toBe('second');
  });

  it('keeps the data beside an error, and forgets the error after it', async () => {
    const { it, asked } = make();
    asked[0]!.answer('old');
    await settle();
    void it.refresh();
    asked[1]!.refuse(new Error('{"code":"unavailable","message":"Locked.","fields":[]}'));
    await settle();
    expect([it.data, it.error?.message]).toEqual(['old', 'Locked.']);
    void it.refresh();
    asked[2]!.answer('new');
    await settle();
    expect([it.data, it.error]).toEqual(['new', undefined]);
  });
});

describe('a paged list', () => {
  const make = () => {
    const { ask, asked } = question<PageOf<number>>();
    return { ask, asked, it: inComponent<PagedList<number>>(() => pagedList(ask)) };
  };

  it('goes on from cursor to cursor', async () => {
    const { it, ask, asked } = make();
    expect(it.first).toBe(true);
    asked[0]!.answer({ items: [1, 2], next: 'c2' });
    await settle();
    expect([it.rows, it.more, it.first]).toEqual([[1, 2], true, false]);
    it.loadMore();
    it.loadMore();
    expect(ask).toHaveBeenCalledTimes(2);
    expect(ask).toHaveBeenLastCalledWith('c2');
    asked[1]!.answer({ items: [3], next: '' });
    await settle();
    expect([it.rows, it.more]).toEqual([[1, 2, 3], false]);
    it.loadMore();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('does not add an old page to a new list', async () => {
    const { it, asked } = make();
    asked[0]!.answer({ items: [1], next: 'c2' });
    await settle();
    it.loadMore();
    void it.refresh();
    asked[2]!.answer({ items: [9], next: '' });
    await settle();
    asked[1]!.answer({ items: [2], next: '' });
    await settle();
    expect(it.rows).toEqual([9]);
  });
});
