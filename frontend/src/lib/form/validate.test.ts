import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Field } from './descriptor';
import { validate } from './validate';

interface Vector {
  why: string;
  field: Field;
  value: string;
  error: string;
}

const vectors = JSON.parse(readFileSync('../backend/core/courier/testdata/field_vectors.json', 'utf8')) as Vector[];

describe('validate', () => {
  it('has vectors to run', () => expect(vectors.length).toBeGreaterThan(50));

  it.each(vectors)('$field.kind: $why', ({ field, value, error }) => {
    expect(validate(field, value)).toBe(error);
  });

  it('never repeats a secret in its sentence', () => {
    for (const { field, value, error } of vectors) {
      if (field.kind === 'secret' && value.length > 2) expect(error).not.toContain(value);
    }
  });
});
