import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Probe from './Probe.test.svelte';
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
