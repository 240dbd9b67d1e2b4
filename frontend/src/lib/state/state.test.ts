import { beforeEach, describe, expect, it, vi } from 'vitest';
import { preferences } from './preferences.svelte';
import { toasts } from './toasts.svelte';

describe('preferences', () => {
  const system = (wanted: string) =>
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes(wanted) }));

  beforeEach(() => {
    localStorage.clear();
    system('nothing');
  });

  it.each([
    ['nothing', 'light'],
    ['dark', 'dark'],
    ['contrast', 'contrast'],
  ])('follow a system that asks for %s', (wanted, theme) => {
    system(wanted);
    preferences.load();
    expect(document.documentElement.dataset.theme).toBe(theme);
  });

  it('are kept', () => {
    preferences.load();
    preferences.theme = 'contrast';
    preferences.density = 'compact';
    preferences.stepFontScale(1);
    preferences.load();
    expect([preferences.theme, preferences.density, preferences.fontScale]).toEqual(['contrast', 'compact', 110]);
    expect(document.documentElement.style.getPropertyValue('--font-scale')).toBe('1.1');
  });

  it('stop at the largest and the smallest text', () => {
    preferences.load();
    for (let i = 0; i < 20; i++) preferences.stepFontScale(1);
    expect(preferences.fontScale).toBe(200);
    for (let i = 0; i < 20; i++) preferences.stepFontScale(-1);
    expect(preferences.fontScale).toBe(90);
  });

  it.each(['null', '{', '[]', '"x"', '{"theme":"pink","density":4,"fontScale":1e9}'])('survive %s', (kept) => {
    localStorage.setItem('packbench.appearance', kept);
    preferences.load();
    expect([preferences.theme, preferences.density, preferences.fontScale]).toEqual(['light', 'regular', 100]);
  });
});

describe('toasts', () => {
  beforeEach(() => {
    toasts.list = [];
    toasts.held = false;
  });
  const texts = () => toasts.list.map((toast) => toast.text);

  it('go by themselves, later when there is something to press', () => {
    toasts.show('short');
    toasts.show('long', { undo: vi.fn() });
    for (let i = 0; i < 5; i++) toasts.tick();
    expect(texts()).toEqual(['long']);
    for (let i = 0; i < 5; i++) toasts.tick();
    expect(texts()).toEqual([]);
  });

  it('wait while somebody is on them', () => {
    toasts.show('here');
    toasts.held = true;
    for (let i = 0; i < 60; i++) toasts.tick();
    expect(texts()).toEqual(['here']);
  });

  it('are three at most', () => {
    for (const text of ['1', '2', '3', '4']) toasts.show(text);
    expect(texts()).toEqual(['2', '3', '4']);
  });

  it('undo once, and say when that failed', async () => {
    const undo = vi.fn().mockRejectedValue(new Error('{"code":"conflict","message":"Too late.","fields":[]}'));
    toasts.show('held', { undo });
    await toasts.undo(toasts.list[0]!);
    expect(undo).toHaveBeenCalledOnce();
    expect(texts()).toEqual(['Too late.']);
  });
});
