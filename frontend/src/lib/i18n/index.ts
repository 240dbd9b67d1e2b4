import { en } from './en';

type Catalogue = typeof en;
type Plural = { readonly one: string; readonly other: string };
type Message = string | Plural;

/** Every key of the catalogue, as "noun.message". */
export type Key = { [N in keyof Catalogue & string]: `${N}.${keyof Catalogue[N] & string}` }[keyof Catalogue & string];

type At<K extends Key> = K extends `${infer N}.${infer M}`
  ? N extends keyof Catalogue
    ? M extends keyof Catalogue[N]
      ? Catalogue[N][M]
      : never
    : never
  : never;

type Names<S> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Text<M> = M extends { readonly other: infer O } ? O : M;
type Values<K extends Key> =
  Names<Text<At<K>>> | (At<K> extends { readonly other: string } ? 'n' : never) extends infer N extends string
  ? { [P in N]: P extends 'n' ? number : string | number }
  : never;
type Args<K extends Key> = [keyof Values<K>] extends [never] ? [] : [values: Values<K>];

/** Keys of messages that take no values. */
export type PlainKey = { [K in Key]: Args<K> extends [] ? K : never }[Key];

const rules = new Intl.PluralRules('en');
const count = new Intl.NumberFormat('en-GB');

/** The text of a key, with its values filled in. Numbers are grouped (184,209). */
export function t<K extends Key>(key: K, ...args: Args<K>): string {
  const [noun, name] = key.split('.') as [keyof Catalogue, string];
  const message = (en[noun] as Record<string, Message>)[name]!;
  const values = (args[0] ?? {}) as Record<string, string | number>;
  const text =
    typeof message === 'string' ? message : message[rules.select(Number(values.n)) === 'one' ? 'one' : 'other'];
  return text.replace(/\{(\w+)\}/g, (whole, n: string) => {
    const value = values[n];
    if (value === undefined) return whole;
    return typeof value === 'number' ? count.format(value) : value;
  });
}
