/** One field of a courier's form, as the courier's descriptor gives it (backend/core/courier.Field). */
export interface Field {
  key: string;
  label: string;
  kind: 'text' | 'secret' | 'number' | 'bool' | 'choice' | 'url';
  required: boolean;
  /** In characters; 0 or missing means no bound. */
  min_length?: number;
  max_length?: number;
  /** Covers the whole value; read by RE2 and ECMAScript alike. */
  pattern?: string;
  /** What the pattern wants, in words: "7 to 10 digits". */
  pattern_hint?: string;
  options?: readonly { value: string; label: string }[];
  default?: string;
  help?: string;
  /** Where the user finds the value. */
  where?: string;
}

/** Values are text whatever their kind: a bool is "true" or "false". */
export type FieldValues = Record<string, string>;

/** What a form starts with: each field's default, "false" for a switch. */
export function initialValues(fields: readonly Field[], kept: FieldValues = {}): FieldValues {
  return Object.fromEntries(fields.map((f) => [f.key, kept[f.key] ?? f.default ?? (f.kind === 'bool' ? 'false' : '')]));
}

/** The values a form was saved with, secrets masked ("••••1234"), and how to see one of these. */
export interface Kept {
  values: FieldValues;
  /** Fetches a secret; each call is an audited reveal. */
  reveal: (key: string) => Promise<string>;
}
