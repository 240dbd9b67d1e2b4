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
    ['izmir', 'To İzmir', 'To [İzmir]'],
    ['rich', 'Zu\u0308rich', 'Zu\u0308[rich]'],
  ])('marks %s in %s', (query, text, expected) => expect(marked(query, text)).toBe(expected));

  /** Plain text is folded at once; one character that is not plain makes the same text go the long way. */
  describe('on plain text', () => {
    const printable = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i));
    const long = (text: string) => `${text}é`;
    const short = (text: string) => `${text}e`;

    it.each([...texts, `${printable.join('')}`])('finds in "%s" what the long way finds', (text) => {
      for (const query of [...printable, 'ship', 'GO TO', 'cag', 'a g', text.toUpperCase()])
        expect(fuzzyMatch(query, short(text)), query).toEqual(fuzzyMatch(query, long(text)));
    });

    it('reads a query the same on either way', () => {
      expect(fuzzyMatch('SHÍP', 'Go to Shipments')).toEqual(fuzzyMatch('ship', 'Go to Shipments'));
    });
  });
});
