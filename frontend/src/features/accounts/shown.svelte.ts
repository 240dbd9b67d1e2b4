import { toasts } from '$lib/state/toasts.svelte';
import { secretShownMs } from '$lib/ui/secrets';

/** One revealed secret of a list at a time; it hides itself. Call it while a component is made. */
export function useShown() {
  let shown = $state<{ id: string; value: string } | undefined>();
  $effect(() => {
    if (!shown) return;
    const timer = setTimeout(() => (shown = undefined), secretShownMs);
    return () => clearTimeout(timer);
  });

  return {
    value: (id: string) => (shown?.id === id ? shown.value : undefined),
    /** Fetches and shows, or hides. Each fetch is an audited reveal. */
    async toggle(id: string, reveal: () => Promise<string>): Promise<void> {
      if (shown?.id === id) {
        shown = undefined;
        return;
      }
      try {
        shown = { id, value: await reveal() };
      } catch (reason) {
        toasts.fail(reason);
      }
    },
  };
}
