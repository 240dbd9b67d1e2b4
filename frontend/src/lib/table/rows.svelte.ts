import { t } from '$lib/i18n';
import { useKeys } from '$lib/keys/use.svelte';

/**
 * Lets J and K walk the rows of a plain table, by moving the focus to each row's first control, so that Enter does what
 * that control does. Several tables of a page are walked as one. Call while a component is made.
 */
export function useRows(table: () => HTMLElement | undefined): void {
  const group = t('shell.keys_list');
  useKeys(() => {
    const own = table();
    if (!own) return [];
    return [
      { keys: 'j', label: t('shell.row_move'), group, run: () => step(own, 1) },
      { keys: 'k', label: t('shell.row_move'), group, run: () => step(own, -1) },
    ];
  });
}

const control = 'a[href], button:not(:disabled), input:not(:disabled)';

/** Walks the rows of every plain table in the same layer: the page, or the dialog above it. */
function step(table: HTMLElement, by: 1 | -1): void {
  const layer = table.closest('[role="dialog"], [role="alertdialog"], main') ?? document.body;
  const rows = [...layer.querySelectorAll<HTMLElement>('table:not([role="grid"]) > tbody > tr')].filter(
    (row) => row.querySelector(control) !== null,
  );
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? rows[0] : rows[at + by];
  next?.querySelector<HTMLElement>(control)?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
