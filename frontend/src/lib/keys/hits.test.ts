import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from './commands.svelte';
import { restingHits, searchHits } from './hits';
import { remember } from './recent';

const command = (id: string, label: string, group: string, more: Partial<Command> = {}): Command => ({
  id,
  label,
  group,
  run: () => {},
  ...more,
});
const shipments = command('go.shipments', 'Go to Shipments', 'Go', { keys: 'g s' });
const settings = command('go.settings', 'Go to Settings', 'Go');
const dark = command('theme.dark', 'Theme: Dark', 'Appearance', { words: 'colour mode' });
const all = [shipments, settings, dark];

beforeEach(() => localStorage.clear());

describe('restingHits', () => {
  const lines = (go: (place: string) => void = () => {}) => restingHits(all, 'Recent', go).map((h) => h.command);

  it('are everything as it stands, while nothing is recent', () => expect(lines()).toEqual(all));

  it('have the recent first, under their heading, each once', () => {
    remember(dark);
    expect(lines().map((c) => [c.group, c.label])).toEqual([
      ['Recent', 'Theme: Dark'],
      ['Go', 'Go to Shipments'],
      ['Go', 'Go to Settings'],
    ]);
  });

  it('take what is known as it is now, not as it was kept', () => {
    remember({ ...shipments, label: 'Shipments of old' });
    expect(lines()[0]).toEqual({ ...shipments, group: 'Recent' });
  });

  it('lead to a thing that is no command by its place', () => {
    remember(command('shipment.7', 'Shipment 7', 'Shipments', { icon: 'parcel', place: '#/shipments/7' }));
    const go = vi.fn();
    const [first] = lines(go);
    expect(first).toMatchObject({ id: 'shipment.7', label: 'Shipment 7', icon: 'parcel', group: 'Recent' });
    first!.run();
    expect(go.mock.calls).toEqual([['#/shipments/7']]);
  });

  it('leave out a command of another page, which has no place', () => {
    remember(command('print.empty', 'Empty the queue', 'Print'));
    expect(lines()).toEqual(all);
  });

  it('mark nothing', () => {
    expect(restingHits(all, 'Recent', () => {}).flatMap((h) => [...h.match.marks])).toEqual([]);
  });
});

describe('searchHits', () => {
  const found = (query: string, list: readonly Command[] = all) =>
    searchHits(query, list).map(([group, hits]) => [group, ...hits.map((h) => h.command.label)]);

  it('are empty when nothing fits', () => expect(found('zebra')).toEqual([]));

  it('stand in their groups, the group of the best hit first', () => {
    const set = command('key.set', 'Set a key', 'Keys');
    expect(found('set', [command('reset', 'Reset', 'Keys'), settings, set])).toEqual([
      ['Keys', 'Set a key', 'Reset'],
      ['Go', 'Go to Settings'],
    ]);
    expect(found('shipments', [dark, settings, shipments])).toEqual([['Go', 'Go to Shipments']]);
  });

  it('are found by other words too, of which none is marked', () => {
    const hits = searchHits('colour', all).flatMap(([, of]) => of);
    expect(hits.map((h) => h.command.id)).toEqual(['theme.dark']);
    expect([...hits[0]!.match.marks].filter((i) => i < dark.label.length)).toEqual([]);
  });

  it('are not found by the note, which may name a customer', () => {
    expect(found('customer', [{ ...shipments, note: 'A. Customer' }])).toEqual([]);
  });

  it('have what was used lately before what is as good, not before what is better', () => {
    const [one, two] = [command('1', 'Print north', 'Print'), command('2', 'Print south', 'Print')];
    expect(found('print', [one, two])).toEqual([['Print', 'Print north', 'Print south']]);
    remember(two);
    expect(found('print', [one, two])).toEqual([['Print', 'Print south', 'Print north']]);
    const spread = command('3', 'People read in name tags', 'Print');
    remember(spread);
    expect(found('print', [spread, one])).toEqual([['Print', 'Print north', 'People read in name tags']]);
  });

  it('are at most seven of one group, the best of them', () => {
    const many = Array.from({ length: 9 }, (_, i) => command(`${i}`, `Account ${'x'.repeat(9 - i)}`, 'Accounts'));
    const hits = searchHits('account', [...many, dark]).flatMap(([, of]) => of);
    expect(hits.map((h) => h.command.id)).toEqual(['8', '7', '6', '5', '4', '3', '2']);
  });
});
