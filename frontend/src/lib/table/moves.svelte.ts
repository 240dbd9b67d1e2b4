import { t } from '$lib/i18n';
import { useKeys } from '$lib/keys/use.svelte';
import { movedIndex, toggledRow, withRange } from './columns';

/** What the keyboard and the selection of a table work with. */
interface Rows {
  now: () => {
    /** Keys of the rows, in their order. */
    keys: readonly string[];
    /** The keyboard's row. */
    current: string | undefined;
    selected: string[];
  };
  can: () => { select: boolean; open: boolean };
  go: (key: string | undefined) => void;
  take: (selected: string[]) => void;
  open: (index: number) => void;
  scrollTo: (index: number) => void;
  /** Rows of one screen. */
  screen: () => number;
  /** The table has the focus: only then it takes the keys that a page scrolls by. */
  focused: () => boolean;
}

/**
 * Registers the keys of a table; call while a component is made. Gives what turns a row's selection over; with `range`,
 * everything from where it began.
 */
export function useMoves(rows: Rows): (key: string | undefined, range?: boolean) => void {
  let anchor: string | undefined;

  function move(by: number): string | undefined {
    const { keys, current } = rows.now();
    if (!keys.length) return undefined;
    const next = movedIndex(current === undefined ? -1 : keys.indexOf(current), by, keys.length);
    rows.go(keys[next]);
    rows.scrollTo(next);
    return keys[next];
  }

  function select(key: string | undefined, range = false) {
    const { keys, selected } = rows.now();
    if (!rows.can().select || key === undefined) return;
    const ranged = range && anchor !== undefined && keys.includes(anchor);
    rows.take(ranged ? withRange(selected, keys, anchor!, key) : toggledRow(selected, key));
    if (!ranged) anchor = key; // a range grows from where it began
  }

  /** Moves and takes everything from the anchor to the new row in. */
  function extend(by: number) {
    anchor ??= rows.now().current;
    select(move(by), true);
  }

  const group = t('shell.keys_list');
  const when = rows.focused;
  const key = (keys: string, label: string, run: () => void) => ({ keys, label, group, run });
  const at = () => rows.now().keys.indexOf(rows.now().current ?? '');
  const selects = () => [
    { ...key('shift+down', t('shell.row_select_on'), () => extend(1)), when },
    { ...key('shift+up', t('shell.row_select_on'), () => extend(-1)), when },
    key('x', t('shell.row_select'), () => select(rows.now().current)),
    { ...key('space', t('shell.row_select'), () => select(rows.now().current)), when },
  ];
  useKeys(() => [
    key('j', t('shell.row_move'), () => move(1)),
    key('k', t('shell.row_move'), () => move(-1)),
    { ...key('down', t('shell.row_move'), () => move(1)), when },
    { ...key('up', t('shell.row_move'), () => move(-1)), when },
    { ...key('pagedown', t('shell.row_move_page'), () => move(rows.screen())), when },
    { ...key('pageup', t('shell.row_move_page'), () => move(-rows.screen())), when },
    { ...key('home', t('shell.row_move_end'), () => move(-Infinity)), when },
    { ...key('end', t('shell.row_move_end'), () => move(Infinity)), when },
    ...(rows.can().select ? selects() : []),
    ...(rows.can().open ? [key('enter', t('shell.row_open'), () => rows.open(at()))] : []),
  ]);
  return select;
}
