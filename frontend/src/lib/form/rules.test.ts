import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkAccountName,
  checkCompany,
  checkGroupName,
  checkKeyValue,
  checkTokenName,
  checkTokenValue,
} from './rules';

interface Vector {
  rule: keyof typeof rules;
  why: string;
  value: string;
  error: string;
}

const rules = {
  account: checkAccountName,
  group: checkGroupName,
  token: checkTokenName,
  company: checkCompany,
  key: checkKeyValue,
  'live token': (value: string) => checkTokenValue(value, false),
  'test token': (value: string) => checkTokenValue(value, true),
};

const vectors = JSON.parse(readFileSync('../backend/core/account/testdata/rule_vectors.json', 'utf8')) as Vector[];

describe('the rules of names and typed secrets', () => {
  it('have vectors to run', () => expect(vectors.length).toBeGreaterThan(80));

  it.each(vectors)('$rule: $why', ({ rule, value, error }) => {
    expect(rules[rule](value)).toBe(error);
  });
});
