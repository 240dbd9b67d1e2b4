import type { IconName } from './icons';

/** One line of a menu. */
export interface MenuItem {
  label: string;
  icon?: IconName;
  /** A second, small line: what it is for, or why it is off. */
  note?: string;
  /** The letter that runs it while the menu is open; the page may register the same key for itself. */
  keys?: string;
  tone?: 'stop';
  disabled?: boolean;
  /** For menus that choose: drawn with a tick. */
  checked?: boolean;
  run: () => void;
}

/** Items, with `'line'` between groups. */
export type MenuItems = readonly (MenuItem | 'line')[];
