import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from './commands.svelte';
import { recent, remember } from './recent';

const storageKey = 'packbench.recent';
const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  label: `Label of ${id}`,
  group: 'Anything',
  run: () => {},
  ...more,
});
const ids = () => recent().map((r) => r.id);

beforeEach(() => localStorage.clear());

describe('recent', () => {
  it('is empty until something was run', () => expect(recent()).toEqual([]));

  it('has the newest first, each once', () => {
    for (const id of ['a', 'b', 'c', 'a']) remember(command(id));
    expect(ids()).toEqual(['a', 'c', 'b']);
  });

  it('takes the words of the last time', () => {
    remember(command('a', { label: 'Old name' }));
    remember(command('a', { label: 'New name' }));
    expect(recent().map((r) => r.label)).toEqual(['New name']);
  });

  it('keeps six', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) remember(command(id));
    expect(ids()).toEqual(['g', 'f', 'e', 'd', 'c', 'b']);
  });

  it('keeps where a thing is, and nothing that may name a customer', () => {
    remember(command('shipment.7', { icon: 'parcel', place: '#/shipments/7', note: 'A. Customer', words: 'customer' }));
    expect(JSON.parse(localStorage.getItem(storageKey)!)).toEqual([
      { id: 'shipment.7', label: 'Label of shipment.7', icon: 'parcel', place: '#/shipments/7' },
    ]);
  });

  it.each(['{', 'null', '7', '"a"', '{"id":"a","label":"A"}'])('is empty when %s was kept', (kept) => {
    localStorage.setItem(storageKey, kept);
    expect(recent()).toEqual([]);
  });

  it('leaves out what is no command', () => {
    const kept = [null, 7, 'a', [], {}, { id: 'a' }, { id: 1, label: 'A' }, { id: 'a', label: 'A', place: 1 }];
    localStorage.setItem(storageKey, JSON.stringify([...kept, { id: 'b', label: 'B' }]));
    expect(recent()).toEqual([{ id: 'b', label: 'B' }]);
  });

  it('is empty in a web view without storage, where remembering does nothing', () => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
    remember(command('a'));
    expect(recent()).toEqual([]);
  });
});
