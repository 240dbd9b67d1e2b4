import { readFileSync } from 'node:fs';
import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toasts } from '$lib/state/toasts.svelte';
import ConfirmDialog from './ConfirmDialog.svelte';
import SecretValue from './SecretValue.svelte';
import { iconNames } from './icons';
import { statuses, trackingStatus } from './statuses';

const sprite = readFileSync('src/lib/ui/icons.svg', 'utf8');
const symbols = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((m) => m[1]);

describe('the sprite', () => {
  it('has every named icon, and every icon has a name', () => {
    expect(symbols.filter((s) => s?.startsWith('i-'))).toHaveLength(iconNames.length);
    expect(symbols).toEqual(expect.arrayContaining(iconNames.map((name) => `i-${name}`)));
  });

  it('has the shape of every status', () => {
    expect(symbols).toEqual(expect.arrayContaining(Object.values(statuses).map((s) => `s-${s.symbol}`)));
  });
});

describe('tracking codes', () => {
  it.each([
    [1, 'booked'],
    [7, 'delivered'],
    [12, 'cancelled'],
    [18, 'customs_hold'],
    [14, 'custom'],
    [99, 'custom'],
  ])('%d is %s', (code, name) => expect(trackingStatus(code)).toBe(name));
});

describe('a kept secret', () => {
  let clipboard = '';
  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    clipboard = '';
    window.runtime = {
      EventsOn: () => () => undefined,
      ClipboardGetText: () => Promise.resolve(clipboard),
      ClipboardSetText: (text) => Promise.resolve(((clipboard = text), true)),
      BrowserOpenURL: () => undefined,
    };
  });
  afterEach(() => {
    vi.useRealTimers();
    delete window.runtime;
    toasts.list = [];
  });

  const show = () => {
    const reveal = vi.fn().mockResolvedValue('pka_secret');
    render(SecretValue, { what: 'account key', tail: 'cret', reveal });
    return reveal;
  };
  const press = (name: string) => screen.getByRole('button', { name }).click();

  it('is asked for only on request, and masked again after 30 s', async () => {
    const reveal = show();
    expect(reveal).not.toHaveBeenCalled();
    expect(screen.queryByText('pka_secret')).toBeNull();
    press('Reveal account key');
    await screen.findByText('pka_secret');
    await vi.advanceTimersByTimeAsync(29_000);
    expect(screen.queryByText('pka_secret')).not.toBeNull();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(screen.queryByText('pka_secret')).toBeNull();
    expect(reveal).toHaveBeenCalledOnce();
  });

  it('is hidden on request', async () => {
    show();
    press('Reveal account key');
    await screen.findByText('pka_secret');
    press('Hide account key');
    await waitFor(() => expect(screen.queryByText('pka_secret')).toBeNull());
  });

  it('leaves the clipboard after 30 s', async () => {
    show();
    press('Copy account key');
    await vi.waitFor(() => expect(clipboard).toBe('pka_secret'));
    await vi.advanceTimersByTimeAsync(30_100);
    expect(clipboard).toBe('');
  });

  it('leaves what was copied since alone', async () => {
    show();
    press('Copy account key');
    await vi.waitFor(() => expect(clipboard).toBe('pka_secret'));
    clipboard = 'something else';
    await vi.advanceTimersByTimeAsync(30_100);
    expect(clipboard).toBe('something else');
  });

  it('says why it can not be shown', async () => {
    render(SecretValue, {
      what: 'token',
      reveal: () => Promise.reject(new Error('{"code":"forbidden","message":"Managers only.","fields":[]}')),
    });
    press('Reveal token');
    await vi.waitFor(() => expect(toasts.list.map((toast) => toast.text)).toEqual(['Managers only.']));
  });
});

describe('a confirmation by name', () => {
  const ask = (run: () => Promise<unknown>) => {
    render(ConfirmDialog, { open: true, title: 'Delete North Dock?', action: 'Delete it', name: 'North Dock', run });
    return {
      field: screen.getByLabelText<HTMLInputElement>('Type North Dock to confirm'),
      action: screen.getByRole<HTMLButtonElement>('button', { name: 'Delete it' }),
    };
  };
  const type = (field: HTMLInputElement, text: string) => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  it('wakes only by the whole name', async () => {
    const run = vi.fn().mockResolvedValue(undefined);
    const { field, action } = ask(run);
    expect(action.disabled).toBe(true);
    type(field, 'North Doc');
    await waitFor(() => expect(action.disabled).toBe(true));
    field.form!.requestSubmit();
    expect(run).not.toHaveBeenCalled();
    type(field, 'North Dock');
    await waitFor(() => expect(action.disabled).toBe(false));
    action.click();
    await waitFor(() => expect(run).toHaveBeenCalledOnce());
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('stays and says why when it is refused', async () => {
    const { field, action } = ask(() =>
      Promise.reject(new Error('{"code":"conflict","message":"2 shipments are in flight.","fields":[]}')),
    );
    type(field, 'North Dock');
    await waitFor(() => expect(action.disabled).toBe(false));
    action.click();
    expect(await screen.findByText('2 shipments are in flight.')).toBeTruthy();
    expect(screen.getByRole('alertdialog')).toBeTruthy();
  });
});
