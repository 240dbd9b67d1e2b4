import type { PlainKey } from '$lib/i18n';
import { t } from '$lib/i18n';
import { formatDate, formatTimeSeconds } from '$lib/format';
import type { IconName } from '$lib/ui';
import type { audit } from '../../../wailsjs/go/models';
import type { Query } from '$lib/router';

/** What was done, in words, by the kind of thing it was done to. */
const actions = {
  group: ['create', 'rename', 'delete'],
  account: ['create', 'update', 'move', 'disable', 'enable', 'delete'],
  key: ['regenerate', 'reset', 'end', 'reveal'],
  token: ['create', 'reveal', 'delete'],
  auth: ['register', 'update', 'test', 'reveal', 'delete'],
  preset: ['create', 'update', 'share', 'delete'],
  shipment: [
    'cancel',
    'mark-cancelled',
    'redo',
    'end-redo',
    'duplicate',
    'settle-bought',
    'settle-not-bought',
    'export',
  ],
  printer: ['create', 'update', 'default', 'delete'],
  print: ['send'],
  settings: ['update'],
  template: ['update', 'reset'],
  manifest: ['begin', 'close', 'refuse', 'unknown', 'settle-closed', 'settle-open', 'paper'],
  draft: ['create', 'change', 'delete', 'buy', 'import'],
  import: ['run', 'mapping'],
  view: ['create', 'update', 'arrange', 'delete', 'restore'],
  contact: ['create', 'update', 'delete', 'import', 'export'],
  audit: ['start', 'export'],
} as const;

type Kind = keyof typeof actions;
type Code = { [K in Kind]: `${K}_${(typeof actions)[K][number]}` }[Kind];
const did = (code: Code): PlainKey => `audit.${code}`;
const kindWord = (kind: Kind): PlainKey => `audit.kind_${kind}`;

const words = new Map<string, PlainKey>(
  Object.entries(actions).flatMap(([kind, verbs]) =>
    verbs.map((verb) => [`${kind}.${verb}`, did(`${kind}_${verb}` as Code)] as const),
  ),
);

/** "Token revealed" for "token.reveal"; a code that is not known yet is shown as it is. */
export function actionWord(code: string): string {
  const key = words.get(code);
  return key ? t(key) : code;
}

/** The kind of a thing: "API account". */
export function kindOf(kind: string): string {
  return kind in actions ? t(kindWord(kind as Kind)) : kind;
}

/** What can be filtered by: all that is done to a kind of thing, and each action by itself. */
export function actionOptions(): { value: string; label: string }[] {
  return Object.entries(actions).flatMap(([kind, verbs]) => [
    ...(verbs.length > 1
      ? [
          {
            value: kind,
            label: t('audit.anything', { kind: kindOf(kind).toLocaleLowerCase('en').replace('api', 'API') }),
          },
        ]
      : []),
    ...verbs.map((verb) => ({ value: `${kind}.${verb}`, label: actionWord(`${kind}.${verb}`) })),
  ]);
}

export const doors: Record<string, { word: PlainKey; icon: IconName }> = {
  window: { word: 'audit.door_window', icon: 'bench' },
  terminal: { word: 'audit.door_terminal', icon: 'keyboard' },
  api: { word: 'audit.door_api', icon: 'plug' },
  system: { word: 'audit.door_system', icon: 'settings' },
};

export function doorWord(door: string): string {
  const known = doors[door];
  return known ? t(known.word) : door;
}

/** "12 Mar 09:14:03" */
export function formatMoment(ms: number): string {
  return `${formatDate(ms)} ${formatTimeSeconds(ms)}`;
}

/** The start of a day of this machine as "2026-03-12" says it; 0 for anything else. */
export function dayStart(day: string | undefined, later = 0): number {
  const [, y, m, d] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  if (!y) return 0;
  const at = new Date(Number(y), Number(m) - 1, Number(d));
  return at.getDate() === Number(d) ? at.setDate(at.getDate() + later) : 0;
}

export function filterOf(query: Query<'activity'>): audit.Filter {
  return {
    account_id: query.account ?? '',
    actor: query.who ?? '',
    action: query.did ?? '',
    door: query.door ?? '',
    subject_id: '',
    subject: query.thing ?? '',
    from_ms: dayStart(query.since),
    to_ms: dayStart(query.until, 1),
  };
}

export interface Change {
  name: string;
  before: string;
  after: string;
  changed: boolean;
}

/** Before and after side by side, one line for each value; what is on one side only stands alone. */
export function changes(before: string, after: string): Change[] {
  const [was, is] = [values(before), values(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => {
    const line = { name: name.replaceAll('_', ' '), before: was.get(name) ?? '', after: is.get(name) ?? '' };
    return { ...line, changed: before !== '' && after !== '' && line.before !== line.after };
  });
}

/** The values of a JSON text by their path; the text itself where it is none. */
function values(text: string): Map<string, string> {
  const out = new Map<string, string>();
  if (!text) return out;
  try {
    collect('', JSON.parse(text), out);
  } catch {
    out.set('', text);
  }
  return out;
}

function collect(path: string, value: unknown, out: Map<string, string>): void {
  if (Array.isArray(value) && value.every((v) => typeof v !== 'object')) {
    out.set(path, value.join(', '));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) collect(path ? `${path} › ${name}` : name, inner, out);
  } else {
    out.set(path.replace(/_ms$/, ''), plain(path, value));
  }
}

function plain(path: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (typeof value === 'number' && path.endsWith('_ms')) return value ? formatMoment(value) : '';
  return value === null ? '' : String(value);
}

/** What a verification found wrong, and where. */
export function faultSentence(fault: audit.Fault): string {
  const which =
    fault.to > fault.from
      ? t('audit.entries_from', { from: fault.from, to: fault.to })
      : t('audit.entry_n', { number: fault.from });
  const day = fault.at_ms ? formatDate(fault.at_ms) : t('audit.unknown_day');
  const key = `audit.fault_${fault.kind}` as
    | 'audit.fault_changed'
    | 'audit.fault_forged'
    | 'audit.fault_missing'
    | 'audit.fault_cut'
    | 'audit.fault_replaced'
    | 'audit.fault_no_anchor';
  return t(key, { which, day });
}
