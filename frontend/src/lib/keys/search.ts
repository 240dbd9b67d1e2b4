/** A hit: how good it is, and which characters of the text to underline. */
export interface Match {
  score: number;
  marks: ReadonlySet<number>;
}

/**
 * Fuzzy search for the palette: every word of the query must be found in the text, in any order; a word is found as it
 * stands, or letter by letter in order. Beginnings of words count most, gaps cost. Accents and case don't matter.
 */
export function fuzzyMatch(query: string, text: string): Match | undefined {
  const plain = fold(text);
  const marks = new Set<number>();
  let score = 0;
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const found = findWord(word, plain);
    if (!found) return undefined;
    score += found.score;
    found.at.forEach((i) => marks.add(i));
  }
  // Of equal hits the shorter text is nearer to what was asked.
  return { score: score - plain.length / 100, marks };
}

function findWord(word: string, text: string): { score: number; at: number[] } | undefined {
  const whole = bestPlace(word, text);
  if (whole >= 0) {
    const at = Array.from(word, (_, i) => whole + i);
    return { score: word.length * 3 + (startsWord(text, whole) ? 5 : 0) + (whole === 0 ? 2 : 0), at };
  }
  const at: number[] = [];
  let from = 0;
  for (const letter of word) {
    const i = nextPlace(letter, text, from);
    if (i < 0) return undefined;
    at.push(i);
    from = i + 1;
  }
  const gaps = at.reduce((sum, i, n) => sum + (n && i !== at[n - 1]! + 1 && !startsWord(text, i) ? 1 : 0), 0);
  return { score: word.length - gaps, at };
}

/** The place of a word, at the beginning of a word of the text where there is one. */
function bestPlace(word: string, text: string): number {
  for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
    if (startsWord(text, i)) return i;
  }
  return text.indexOf(word);
}

/** The next place of a letter, at the beginning of a word where there is one. */
function nextPlace(letter: string, text: string, from: number): number {
  const near = text.indexOf(letter, from);
  if (near < 0 || near === from) return near;
  for (let i = near; i >= 0; i = text.indexOf(letter, i + 1)) {
    if (startsWord(text, i)) return i;
  }
  return near;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!);
}

/** Case and accents off, one character for each of the text. */
function fold(text: string): string {
  if (plainText.test(text)) return text.toLowerCase();
  return Array.from({ length: text.length }, (_, i) => {
    const bare = text[i]!.normalize('NFD')[0]!.toLowerCase();
    return bare.length === 1 ? bare : text[i]!;
  }).join('');
}

/** Names are mostly plain, and thousands of them are searched at each key. */
const plainText = /^[\x20-\x7e]*$/;
