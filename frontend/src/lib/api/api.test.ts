import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, ApiError, onChange, toApiError } from '.';

afterEach(() => {
  delete window.go;
  delete window.runtime;
});

describe('toApiError', () => {
  it('reads what the program rejects with', () => {
    const text = '{"code":"invalid","message":"Name is taken.","fields":[{"path":"name","message":"Name is taken."}]}';
    const error = toApiError(new Error(text));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'invalid', message: 'Name is taken.' });
    expect(error.fields).toEqual([{ path: 'name', message: 'Name is taken.' }]);
  });

  it.each([
    [new Error('boom'), 'boom'],
    ['boom', 'boom'],
    [new Error('{"code":1,"message":"x"}'), '{"code":1,"message":"x"}'],
    [new Error('null'), 'null'],
    [new Error(''), 'The program gave no reason.'],
  ])('makes %o an internal error', (reason, message) =>
    expect(toApiError(reason)).toMatchObject({ code: 'internal', message, fields: [] }),
  );

  it('drops fields that are not fields', () => {
    const error = toApiError(new Error('{"code":"invalid","message":"x","fields":[1,{"path":2},null]}'));
    expect(error.fields).toEqual([]);
  });

  it('gives an ApiError back as it is', () => {
    const error = new ApiError('conflict', 'x');
    expect(toApiError(error)).toBe(error);
  });
});

describe('the port', () => {
  it('calls the bound method with its arguments', async () => {
    const CreateGroup = vi.fn().mockResolvedValue({ id: '1' });
    window.go = { desktop: { Accounts: { CreateGroup } } };
    await expect(api.Accounts.CreateGroup('North Dock')).resolves.toEqual({ id: '1' });
    expect(CreateGroup).toHaveBeenCalledExactlyOnceWith('North Dock');
  });

  it('tells which call failed, by the number that the log has', async () => {
    const text = '{"code":"internal","message":"x","fields":[],"request":41}';
    window.go = { desktop: { Accounts: { Groups: vi.fn().mockRejectedValue(new Error(text)) } } };
    await expect(api.Accounts.Groups()).rejects.toMatchObject({ origin: { call: 'Accounts.Groups', request: 41 } });
  });

  it('turns a rejection into an ApiError', async () => {
    const CreateGroup = vi.fn().mockRejectedValue(new Error('{"code":"conflict","message":"Taken.","fields":[]}'));
    window.go = { desktop: { Accounts: { CreateGroup } } };
    await expect(api.Accounts.CreateGroup('x')).rejects.toMatchObject({ code: 'conflict', message: 'Taken.' });
  });

  it('says so when there is no program', async () => {
    await expect(api.System.State()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('hears changes by topic', () => {
    const stop = vi.fn();
    const EventsOn = vi.fn().mockReturnValue(stop);
    window.runtime = { EventsOn } as unknown as NonNullable<typeof window.runtime>;
    const heard = vi.fn();
    expect(onChange('accounts', heard)).toBe(stop);
    const listener = EventsOn.mock.calls[0]![1] as (id?: string) => void;
    listener('42');
    listener();
    expect(heard.mock.calls).toEqual([['42'], ['']]);
  });
});
