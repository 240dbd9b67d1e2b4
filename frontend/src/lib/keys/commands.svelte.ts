import { untrack } from 'svelte';
import type { IconName } from '$lib/ui/icons';
import { keymap, type Binding } from './keymap';

/** Something the palette can run. */
export interface Command {
  /** Unique: "go.shipments", "theme.dark". */
  id: string;
  label: string;
  /** A second, quiet text: the group of an account, the recipient of a shipment. It is not searched and not remembered. */
  note?: string;
  /** The heading it stands under. */
  group: string;
  icon?: IconName;
  /** Other words people look for it by. */
  words?: string;
  keys?: string;
  /** Where it leads, for a thing that is no command of its own: lets it be remembered. */
  place?: string;
  run: () => void;
}

class Commands {
  #lists = $state.raw<readonly (readonly Command[])[]>([]);

  get all(): Command[] {
    return this.#lists.flat();
  }

  /** Adds commands; answers the function that takes them away. */
  add(list: readonly Command[]): () => void {
    this.#lists = [...this.#lists, list];
    return () => {
      this.#lists = this.#lists.filter((l) => l !== list);
    };
  }
}

export const commands = new Commands();

/** Registers commands for as long as the component lives; they may depend on state. */
export function useCommands(list: () => readonly Command[]): void {
  $effect.pre(() => {
    const now = list();
    // What is registered must not be read by this effect, or it would run for ever.
    return untrack(() => commands.add(now));
  });
}

/** Whether the palette and the sheet of keys are open. */
class Overlays {
  palette = $state(false);
  keys = $state(false);
  /** What answered when the sheet of keys was asked for. */
  bindings = $state.raw<readonly Binding[]>([]);

  /** Shows the keys of what is in front now: the page, or the dialog above it. */
  showKeys(): void {
    if (this.keys) return;
    this.bindings = keymap.active();
    this.keys = true;
  }
}

export const overlays = new Overlays();
