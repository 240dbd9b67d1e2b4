/**
 * The keymap: which key does what, now.
 *
 * Keys are written "ctrl+k" (Ctrl, or Command on a Mac), "alt+1", "g s" (one after the other), "?", "j", "enter", "esc", "f2".
 * Bindings live in scopes. Only the topmost scope answers, so that an open dialog takes precedence over the page below it;
 * bindings marked `always` answer in every scope.
 */
export interface Binding {
  keys: string;
  /** What it does, as `?` and the palette show it. */
  label: string;
  /** The heading under which `?` lists it. */
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Answers in every scope. */
  always?: boolean;
  /** Answers also while a text field has the focus. Keys with Ctrl or Alt, F-keys and Esc always do. */
  inFields?: boolean;
  /** Left out when it answers false. */
  when?: () => boolean;
}

/** Two keys of a sequence may be this far apart. */
const sequenceMs = 1200;
/** A person does not type two keys closer together than this; a barcode scanner does. */
export const burstMs = 30;

declare const scopeMark: unique symbol;
/** A layer of keys: the page, or a dialog above it. */
export type Scope = number & { [scopeMark]: true };
export const pageScope = 0 as Scope;

type Entry = Binding & { scope: Scope };

export class Keymap {
  #entries: Entry[] = [];
  #scopes: Scope[] = [pageScope];
  #nextScope: number = pageScope + 1;
  #prefix = '';
  #prefixTimer: ReturnType<typeof setTimeout> | undefined;
  #held: { entry: Entry; event: KeyboardEvent; timer: ReturnType<typeof setTimeout> } | undefined;
  #burst = '';
  #lastPress = -Infinity;
  #onScan: ((text: string) => void) | undefined;

  /** A new scope, closed as yet. */
  newScope(): Scope {
    return this.#nextScope++ as Scope;
  }

  /** Puts a scope above all others; answers the function that takes it away again. */
  open(scope: Scope): () => void {
    this.#scopes.push(scope);
    return () => {
      this.#scopes = this.#scopes.filter((s) => s !== scope);
    };
  }

  /** Adds bindings; answers the function that takes them away. Of two equal keys in a scope the later wins. */
  add(bindings: readonly Binding[], scope: Scope = pageScope): () => void {
    const entries = bindings.map((b) => ({ ...b, keys: canonical(b.keys), scope }));
    this.#entries.push(...entries);
    return () => {
      this.#entries = this.#entries.filter((e) => !entries.includes(e));
    };
  }

  /** What answers now, in the order it was added. */
  active(): Binding[] {
    const seen = new Set<string>();
    return this.#candidates()
      .filter((e) => !seen.has(e.keys) && seen.add(e.keys))
      .reverse();
  }

  /** Hears text that a scanner typed while no field had the focus. One listener at a time: the page's. */
  onScan(listener: (text: string) => void): () => void {
    this.#onScan = listener;
    return () => {
      if (this.#onScan === listener) this.#onScan = undefined;
    };
  }

  /** Takes a keydown. Answers whether a binding took it. */
  handle(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing || modifierKeys.has(event.key)) return false;
    const inField = isField(event.target);
    if (!inField && this.#scanned(event)) return true;

    const press = pressOf(event);
    const plain = isPlain(event);
    const keys = this.#prefix ? `${this.#prefix} ${press}` : press;
    const usable = this.#candidates().filter(
      (e) => (!inField || e.inFields || !plain) && !(activates(press) && isControl(event.target)),
    );
    const hit = usable.find((e) => e.keys === keys);
    if (hit) {
      this.#setPrefix('');
      event.preventDefault();
      this.#run(hit, event, plain && event.key.length === 1 && !inField && !event.repeat);
      return true;
    }
    const leads = usable.some((e) => e.keys.startsWith(`${keys} `));
    this.#setPrefix(leads ? keys : '');
    if (leads) event.preventDefault();
    return leads;
  }

  get #top(): Scope {
    return this.#scopes[this.#scopes.length - 1]!;
  }

  /** Entries of the top scope and those marked always; latest first. */
  #candidates(): Entry[] {
    return this.#entries.filter((e) => (e.scope === this.#top || e.always) && (e.when?.() ?? true)).reverse();
  }

  /** A single letter waits for the time of a burst, so that a scanned barcode never runs commands. */
  #run(entry: Entry, event: KeyboardEvent, hold: boolean): void {
    if (!hold) return entry.run(event);
    const timer = setTimeout(() => {
      this.#held = undefined;
      entry.run(event);
    }, burstMs);
    this.#held = { entry, event, timer };
  }

  #scanned(event: KeyboardEvent): boolean {
    const near = !event.repeat && event.timeStamp - this.#lastPress < burstMs;
    this.#lastPress = event.timeStamp;
    if (!near || !isPlain(event)) {
      this.#burst = isPlain(event) && event.key.length === 1 ? event.key : '';
      return false;
    }
    if (this.#held) clearTimeout(this.#held.timer);
    this.#held = undefined;
    this.#setPrefix('');
    if (event.key.length === 1) this.#burst += event.key;
    if (event.key === 'Enter' && this.#burst.length > 1) {
      this.#onScan?.(this.#burst);
      this.#burst = '';
    }
    event.preventDefault();
    return true;
  }

  #setPrefix(prefix: string): void {
    clearTimeout(this.#prefixTimer);
    this.#prefix = prefix;
    if (prefix) this.#prefixTimer = setTimeout(() => (this.#prefix = ''), sequenceMs);
  }
}

/** The keymap of the window. */
export const keymap = new Keymap();

const modifierKeys = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead']);
const shortNames: Record<string, string> = { escape: 'esc', ' ': 'space', arrowup: 'up', arrowdown: 'down' };

function canonical(keys: string): string {
  return keys
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .map((press) => {
      const parts = press.split(/\+(?=.)/);
      const key = parts.pop()!;
      return [...['ctrl', 'alt', 'shift'].filter((m) => parts.includes(m)), key].join('+');
    })
    .join(' ');
}

function pressOf(event: KeyboardEvent): string {
  const lower = event.key.toLowerCase();
  const key = shortNames[lower] ?? lower;
  const mods: string[] = [];
  if (event.ctrlKey || event.metaKey) mods.push('ctrl');
  if (event.altKey) mods.push('alt');
  // Shift already shows in the character itself ("?"), except for letters and named keys.
  if (event.shiftKey && (event.key.length > 1 || /\p{L}/u.test(event.key))) mods.push('shift');
  return [...mods, key].join('+');
}

/** No modifier and no key that means nothing to a text field. */
function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !/^(F\d+|Escape)$/.test(event.key);
}

function activates(press: string): boolean {
  return press === 'enter' || press === 'space';
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a[href], button, summary, [role="menuitem"]') !== null;
}

export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range)$/.test(target.type);
}

const drawn: Record<string, string> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  up: '↑',
  down: '↓',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};

/** The key caps to draw: "ctrl+k" is Ctrl, K. */
export function keyNames(keys: string): string[] {
  return canonical(keys)
    .split(' ')
    .flatMap((press) => press.split(/\+(?=.)/))
    .map((k) => drawn[k] ?? k.toUpperCase());
}
