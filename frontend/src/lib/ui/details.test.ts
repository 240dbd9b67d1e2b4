import { afterEach, expect, it } from 'vitest';
import { ApiError } from '$lib/api';
import { detailsOf } from './details';

afterEach(() => {
  delete window.go;
  location.hash = '';
});

const refused = new ApiError('conflict', 'Name is taken.', [{ path: 'name', message: 'Name is taken.' }], {
  call: 'Accounts.Create',
  request: 41,
});

it('tells what, where, when, the version and the number, and nothing that was searched for', async () => {
  window.go = { desktop: { System: { State: () => Promise.resolve({ version: '1.2.3' }) } } };
  location.hash = '#/accounts?q=pkt_live_0123456789';
  const text = await detailsOf(refused, new Date(0));
  expect(JSON.parse(text)).toEqual({
    what: { code: 'conflict', message: 'Name is taken.', fields: refused.fields },
    where: { page: '#/accounts', call: 'Accounts.Create' },
    when: '1970-01-01T00:00:00.000Z',
    version: '1.2.3',
    request: 41,
  });
  expect(text).not.toContain('pkt_live');
});

it('tells it of a program that does not answer, too', async () => {
  expect(JSON.parse(await detailsOf(refused)).version).toContain('does not answer');
});
