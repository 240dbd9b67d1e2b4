import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { burstMs, Keymap, keyNames, type Binding } from './keymap';

let keymap: Keymap;
let now = 0;

beforeEach(() => {
  vi.useFakeTimers();
  keymap = new Keymap();
  now = 1000;
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

const bind = (keys: string, run = vi.fn(), more: Omit<Partial<Binding>, 'run'> = {}) => ({
  keys,
  label: keys,
  group: 'test',
  run,
  ...more,
});

/** A key pressed `after` milliseconds from the one before it. */
function key(name: string, init: KeyboardEventInit & { after?: number; on?: Element } = {}): KeyboardEvent {
  const { after = 200, on = document.body, ...rest } = init;
  vi.advanceTimersByTime(after);
  now += after;
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...rest });
  Object.defineProperty(event, 'timeStamp', { value: now });
  on.addEventListener('keydown', (e) => keymap.handle(e as KeyboardEvent), { once: true });
  on.dispatchEvent(event);
  return event;
}

const settle = () => vi.advanceTimersByTime(burstMs);

function field(): HTMLInputElement {
  const input = document.createElement('input');
  document.body.append(input);
  return input;
}

describe('keys', () => {
  it.each([
    ['j', { key: 'j' }],
    ['?', { key: '?', shiftKey: true }],
    ['ctrl+k', { key: 'k', ctrlKey: true }],
    ['ctrl+k', { key: 'k', metaKey: true }],
    ['Ctrl+K', { key: 'K', ctrlKey: true }],
    ['alt+1', { key: '1', altKey: true }],
    ['shift+x', { key: 'X', shiftKey: true }],
    ['esc', { key: 'Escape' }],
    ['enter', { key: 'Enter' }],
    ['f2', { key: 'F2' }],
    ['ctrl++', { key: '+', ctrlKey: true }],
  ])('%s', (keys, init) => {
    const binding = bind(keys);
    keymap.add([binding]);
    const event = key(init.key, init);
    settle();
    expect(binding.run).toHaveBeenCalledOnce();
    expect(event.defaultPrevented).toBe(true);
  });

  it('leaves other keys alone', () => {
    const binding = bind('j');
    keymap.add([binding]);
    for (const init of [{ key: 'k' }, { key: 'j', ctrlKey: true }, { key: 'J', shiftKey: true }]) {
      expect(key(init.key, init).defaultPrevented).toBe(false);
    }
    settle();
    expect(binding.run).not.toHaveBeenCalled();
  });

  it('rests when its condition says so', () => {
    const binding = bind('j', vi.fn(), { when: () => false });
    keymap.add([binding]);
    key('j');
    settle();
    expect(binding.run).not.toHaveBeenCalled();
    expect(keymap.active()).toEqual([]);
  });
});

describe('sequences', () => {
  it('runs G then S', () => {
    const go = bind('g s');
    keymap.add([go]);
    key('g');
    expect(go.run).not.toHaveBeenCalled();
    key('s');
    settle();
    expect(go.run).toHaveBeenCalledOnce();
  });

  it('forgets the first key after a while', () => {
    const go = bind('g s');
    const save = bind('s');
    keymap.add([go, save]);
    key('g');
    key('s', { after: 1500 });
    settle();
    expect(go.run).not.toHaveBeenCalled();
    expect(save.run).toHaveBeenCalledOnce();
  });

  it('forgets the first key after another one', () => {
    const go = bind('g s');
    keymap.add([go]);
    key('g');
    key('x');
    key('s');
    settle();
    expect(go.run).not.toHaveBeenCalled();
  });
});

describe('fields and controls', () => {
  it('lets a field have its letters, but not Ctrl, Alt and Esc', () => {
    const input = field();
    const letter = bind('j');
    const palette = bind('ctrl+k');
    const esc = bind('esc');
    keymap.add([letter, palette, esc]);
    key('j', { on: input });
    key('k', { on: input, ctrlKey: true });
    key('Escape', { on: input });
    settle();
    expect(letter.run).not.toHaveBeenCalled();
    expect(palette.run).toHaveBeenCalledOnce();
    expect(esc.run).toHaveBeenCalledOnce();
  });

  it('answers in a field when asked to', () => {
    const binding = bind('enter', vi.fn(), { inFields: true });
    keymap.add([binding]);
    key('Enter', { on: field() });
    expect(binding.run).toHaveBeenCalledOnce();
  });

  it('lets Enter press the button that has the focus', () => {
    const button = document.createElement('button');
    document.body.append(button);
    const open = bind('enter');
    keymap.add([open]);
    expect(key('Enter', { on: button }).defaultPrevented).toBe(false);
    expect(open.run).not.toHaveBeenCalled();
  });
});

describe('scopes', () => {
  it('puts a dialog above the page, and gives the page its keys back', () => {
    const page = bind('j');
    const dialog = bind('j');
    const everywhere = bind('ctrl+k', vi.fn(), { always: true });
    const scope = keymap.newScope();
    keymap.add([page, everywhere]);
    keymap.add([dialog], scope);

    const close = keymap.open(scope);
    key('j');
    key('k', { ctrlKey: true });
    settle();
    expect([page.run, dialog.run, everywhere.run].map((f) => f.mock.calls.length)).toEqual([0, 1, 1]);

    close();
    key('j');
    settle();
    expect([page.run, dialog.run].map((f) => f.mock.calls.length)).toEqual([1, 1]);
  });

  it('lists what answers, the later of two equal keys', () => {
    keymap.add([bind('j', vi.fn(), { label: 'old' }), bind('x')]);
    const remove = keymap.add([bind('j', vi.fn(), { label: 'new' })]);
    expect(keymap.active().map((b) => b.label)).toEqual(['x', 'new']);
    remove();
    expect(keymap.active().map((b) => b.label)).toEqual(['old', 'x']);
  });
});

describe('a barcode scanner', () => {
  const scan = (text: string) => [...text].forEach((c, i) => key(c, { after: i ? 8 : 200 }));

  it('runs no commands', () => {
    const create = bind('n');
    const discard = bind('d');
    keymap.add([create, discard]);
    scan('nd-20574');
    key('Enter', { after: 8 });
    vi.runAllTimers();
    expect(create.run).not.toHaveBeenCalled();
    expect(discard.run).not.toHaveBeenCalled();
  });

  it('gives what it read to the page', () => {
    const heard = vi.fn();
    keymap.onScan(heard);
    scan('ND-20574');
    key('Enter', { after: 8 });
    expect(heard).toHaveBeenCalledExactlyOnceWith('ND-20574');
  });

  it('is not heard in a field, which takes it by itself', () => {
    const heard = vi.fn();
    keymap.onScan(heard);
    const input = field();
    [...'ND-1', 'Enter'].forEach((c) => key(c, { after: 8, on: input }));
    expect(heard).not.toHaveBeenCalled();
  });

  it('is not what a held key is', () => {
    const down = bind('j');
    keymap.add([down]);
    key('j');
    for (let i = 0; i < 4; i++) key('j', { after: 25, repeat: true });
    settle();
    expect(down.run).toHaveBeenCalledTimes(5);
  });
});

describe('key caps', () => {
  it.each([
    ['ctrl+k', ['Ctrl', 'K']],
    ['g s', ['G', 'S']],
    ['?', ['?']],
    ['esc', ['Esc']],
    ['ctrl++', ['Ctrl', '+']],
    ['up', ['↑']],
    ['f2', ['F2']],
  ])('%s', (keys, names) => expect(keyNames(keys)).toEqual(names));
});
