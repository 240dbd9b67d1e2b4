import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '$lib/api/errors';
import { createForm } from './store.svelte';

afterEach(() => document.body.replaceChildren());

/** A form with fields of these names in the document. */
function make<V extends object>(initial: V, names: string[], options: Parameters<typeof createForm<V>>[1] = {}) {
  document.body.innerHTML = names.map((name) => `<input name="${name}">`).join('');
  return createForm(initial, options);
}

const check = (v: { name: string }) => ({ name: v.name ? '' : 'Name is required.' });

describe('a form', () => {
  it('complains about a field only after it was left', () => {
    const form = make({ name: '' }, ['name'], { check });
    expect(form.error('name')).toBeUndefined();
    form.touch('name');
    expect(form.error('name')).toBe('Name is required.');
    form.values.name = 'North Dock';
    expect(form.error('name')).toBeUndefined();
  });

  it('sends nothing while the check finds something, and focuses it', async () => {
    const form = make({ name: '' }, ['other', 'name'], { check });
    const send = vi.fn();
    await expect(form.submit(send)).resolves.toBeUndefined();
    expect(send).not.toHaveBeenCalled();
    expect(form.error('name')).toBe('Name is required.');
    expect(document.activeElement).toHaveProperty('name', 'name');
  });

  it('sends plain values once, and says that it is busy', async () => {
    const form = make({ name: 'North Dock', tags: ['a'] }, ['name']);
    let answer!: (id: string) => void;
    const send = vi.fn(() => new Promise<string>((done) => (answer = done)));
    const sent = form.submit(send);
    expect(form.busy).toBe(true);
    await expect(form.submit(send)).resolves.toBeUndefined();
    answer('42');
    await expect(sent).resolves.toBe('42');
    expect(form.busy).toBe(false);
    expect(send).toHaveBeenCalledExactlyOnceWith({ name: 'North Dock', tags: ['a'] });
  });

  it("shows the server's sentence at its field until the value changes", async () => {
    const form = make({ name: 'x', note: '' }, ['name', 'note']);
    await form.submit(() => Promise.reject(new ApiError('invalid', 'Taken.', [{ path: 'name', message: 'Taken.' }])));
    expect(form.error('name')).toBe('Taken.');
    expect(form.failure).toBeUndefined();
    expect(document.activeElement).toHaveProperty('name', 'name');
    form.values.note = 'changed';
    expect(form.error('name')).toBe('Taken.');
    form.values.name = 'y';
    expect(form.error('name')).toBeUndefined();
  });

  it('keeps a complaint that has no field here as the failure of the form', async () => {
    const form = make({ name: 'x' }, ['name']);
    const error = new ApiError('invalid', 'x', [{ path: 'elsewhere', message: 'Wrong.' }]);
    await form.submit(() => Promise.reject(error));
    expect(form.failure).toBe(error);
  });

  it('keeps an error without fields as its failure, whatever was thrown', async () => {
    const form = make({ name: 'x' }, ['name']);
    await form.submit(() => Promise.reject(new Error('boom')));
    expect(form.failure).toMatchObject({ code: 'internal', message: 'boom' });
    await form.submit(() => Promise.resolve('ok'));
    expect(form.failure).toBeUndefined();
  });

  it('says all that is wrong with one field', async () => {
    const form = make({ code: 'x' }, ['code']);
    const fields = [
      { path: 'code', message: 'Too heavy.' },
      { path: 'code', message: 'Too far.' },
    ];
    await form.submit(() => Promise.reject(new ApiError('invalid', '2 fields need another value.', fields)));
    expect(form.error('code')).toBe('Too heavy. Too far.');
  });

  it('translates paths of the server', async () => {
    const form = make({ fields: { user: 'x' } }, ['user'], { path: (p) => p.replace(/^fields\./, '') });
    const error = new ApiError('invalid', 'x', [{ path: 'fields.user', message: 'Wrong.' }]);
    await form.submit(() => Promise.reject(error));
    expect(form.error('user')).toBe('Wrong.');
  });

  it('knows whether something was changed, and starts again', () => {
    const form = make({ name: 'a' }, ['name']);
    expect(form.changed).toBe(false);
    form.values.name = 'b';
    expect(form.changed).toBe(true);
    form.values.name = 'a';
    expect(form.changed).toBe(false);
    form.touch('name');
    form.reset({ name: 'c' });
    expect(form.values.name).toBe('c');
    expect(form.changed).toBe(false);
  });
});
