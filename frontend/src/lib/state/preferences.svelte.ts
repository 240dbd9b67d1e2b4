export const themes = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['regular', 'compact'] as const;
export type Density = (typeof densities)[number];
/** Text sizes in per cent. */
export const fontScales = [90, 100, 110, 125, 150, 175, 200] as const;
export type FontScale = (typeof fontScales)[number];

const storageKey = 'packbench.appearance';

interface Kept {
  theme: Theme;
  density: Density;
  fontScale: FontScale;
}

/** How the window looks, kept on this machine. Without a choice, it follows the system. */
class Preferences {
  #kept = $state<Kept>({ theme: 'light', density: 'regular', fontScale: 100 });

  get theme(): Theme {
    return this.#kept.theme;
  }
  set theme(theme: Theme) {
    this.#keep({ theme });
  }
  get density(): Density {
    return this.#kept.density;
  }
  set density(density: Density) {
    this.#keep({ density });
  }
  get fontScale(): FontScale {
    return this.#kept.fontScale;
  }
  set fontScale(fontScale: FontScale) {
    this.#keep({ fontScale });
  }

  /** One step of text size up or down. */
  stepFontScale(by: 1 | -1): void {
    const next = fontScales[fontScales.indexOf(this.fontScale) + by];
    if (next) this.fontScale = next;
  }

  /** Reads what was kept and applies it to the document. Call before mounting, so that nothing flashes. */
  load(): void {
    const kept = readKept();
    this.#kept = {
      theme: oneOf(themes, kept.theme) ?? systemTheme(),
      density: oneOf(densities, kept.density) ?? 'regular',
      fontScale: oneOf(fontScales, kept.fontScale) ?? 100,
    };
    this.#apply();
  }

  #keep(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#apply();
    try {
      localStorage.setItem(storageKey, JSON.stringify(this.#kept));
    } catch {
      // A web view without storage forgets the choice when it closes; nothing else depends on it.
    }
  }

  #apply(): void {
    const root = document.documentElement;
    root.dataset.theme = this.theme;
    root.dataset.density = this.density;
    root.dataset.fontScale = String(this.fontScale);
    root.style.setProperty('--font-scale', String(this.fontScale / 100));
  }
}

export const preferences = new Preferences();

function readKept(): Partial<Record<keyof Kept, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((k) => k === value);
}

function systemTheme(): Theme {
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
