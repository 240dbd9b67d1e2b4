import { getContext, setContext } from 'svelte';
import { keymap, pageScope, type Binding, type Scope } from './keymap';

const context = Symbol('key scope');

/** Registers keys for as long as the component lives; inside a dialog they belong to the dialog. */
export function useKeys(bindings: () => readonly Binding[]): void {
  const scope = getContext<Scope | undefined>(context) ?? pageScope;
  $effect(() => keymap.add(bindings(), scope));
}

/** Makes a scope for this component and those inside it, above the others while `open` answers true. */
export function useKeyScope(open: () => boolean): Scope {
  const scope = keymap.newScope();
  setContext(context, scope);
  $effect(() => {
    if (open()) return keymap.open(scope);
  });
  return scope;
}
