import { keymap, type Binding } from './keymap';

/** Registers keys for as long as the component lives; the bindings may depend on state. */
export function useKeys(bindings: () => readonly Binding[]): void {
  $effect(() => keymap.add(bindings()));
}

/** Opens a key scope for as long as `open` answers true, so that keys of the page below rest. */
export function useKeyScope(open: () => boolean): void {
  $effect(() => {
    if (open()) return keymap.pushScope();
  });
}
