import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './search';

const texts = [
  'Go to Shipments',
  'Go to Settings',
  'Go to API accounts',
  'Create API group',
  'Create API account',
  'Theme: Dark',
  'Reprint last',
];
const best = (query: string) =>
  texts
    .map((text) => ({ text, match: fuzzyMatch(query, text) }))
    .filter((h) => h.match)
    .sort((a, b) => b.match!.score - a.match!.score)
    .map((h) => h.text);

const marked = (query: string, text: string) =>
  Array.from(text, (c, i) => (fuzzyMatch(query, text)?.marks.has(i) ? `[${c}]` : c))
    .join('')
    .replaceAll('][', '');

describe('fuzzyMatch', () => {
  it.each([
    ['ship', 'Go to Shipments'],
    ['dark', 'Theme: Dark'],
    ['cag', 'Create API group'],
    ['gsh', 'Go to Shipments'],
    ['account create', 'Create API account'],
    ['REPRINT', 'Reprint last'],
  ])('finds %s first in %s', (query, text) => expect(best(query)[0]).toBe(text));

  it('finds everything with an empty query', () => expect(best('')).toHaveLength(texts.length));

  it('asks for every word', () => expect(fuzzyMatch('create shipments', 'Create API group')).toBeUndefined());

  it('asks for every letter in order', () => {
    expect(fuzzyMatch('pihs', 'Shipments')).toBeUndefined();
    expect(fuzzyMatch('zebra', 'Shipments')).toBeUndefined();
  });

  it('prefers the beginning of a word to its middle', () => {
    expect(fuzzyMatch('set', 'Go to Settings')!.score).toBeGreaterThan(fuzzyMatch('set', 'Reset the key')!.score);
  });

  it('reads letters with accents as their letter', () => expect(fuzzyMatch('zurich', 'Zürich')).toBeDefined());

  it.each([
    ['reprint 1842', 'Reprint label of 184206', '[Reprint] label of [1842]06'],
    ['cag', 'Create API group', '[C]reate [A]PI [g]roup'],
    ['zur', 'Zürich', '[Zür]ich'],
  ])('marks %s in %s', (query, text, expected) => expect(marked(query, text)).toBe(expected));
});
