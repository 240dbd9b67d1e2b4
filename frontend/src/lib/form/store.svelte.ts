import { tick } from 'svelte';
import { toApiError, type ApiError } from '$lib/api/errors';

/**
 * A form: its values, what is wrong with them by path, and the state of sending it.
 *
 *   const form = createForm({ name: '' }, { check: (v) => (v.name ? {} : { name: 'Name is required.' }) });
 *   <TextField name="name" bind:value={form.values.name} error={form.error('name')} onblur={() => form.touch('name')} />
 *   await form.submit((values) => api.accounts.Create(values));
 */
export interface Form<V extends object> {
  values: V;
  readonly busy: boolean;
  /** Values differ from what the form began with. */
  readonly changed: boolean;
  /** What went wrong beside the fields; undefined when every complaint has found its field. */
  readonly failure: ApiError | undefined;
  /** The sentence for a path: the server's until the value changes, else the check's once the field was left. */
  error(path: string): string | undefined;
  touch(path: string): void;
  /** The field is being typed in: it complains once the typing pauses. */
  typed(path: string): void;
  /** Sends the form when its check finds nothing. Answers what `send` answered, undefined when it was refused. */
  submit<R>(send: (values: V) => Promise<R>): Promise<R | undefined>;
  /** Starts again from these values. */
  reset(values: V): void;
}

interface Options<V> {
  /** What is wrong now, by path. Runs at each change. */
  check?: (values: V) => Record<string, string>;
  /** Translates a path of the server's error ("fields.user") into the form's; left out when they are the same. */
  path?: (serverPath: string) => string;
  /** Where the fields are, for focusing the first wrong one; the whole document when left out. */
  root?: () => ParentNode | undefined;
}

/** A field that was not typed in for so long is taken for finished. */
export const typingPauseMs = 800;

export function createForm<V extends object>(initial: V, options: Options<V> = {}): Form<V> {
  let start = $state.raw(structuredClone(initial));
  let values = $state(structuredClone(initial)) as V;
  let touched = $state<Record<string, boolean>>({});
  let refused = $state.raw<{ errors: Record<string, string>; values: string } | undefined>();
  let failure = $state.raw<ApiError | undefined>();
  let busy = $state(false);
  let pause: ReturnType<typeof setTimeout> | undefined;

  const found = $derived(options.check?.($state.snapshot(values) as V) ?? {});
  const text = $derived(JSON.stringify(values));

  function error(path: string): string | undefined {
    // A refusal speaks of the values that were sent; one changed value and it may be out of date for its own field only.
    const served = refused?.errors[path];
    if (served && valueAt(JSON.parse(refused!.values), path) === valueAt(values, path)) return served;
    return touched[path] ? found[path] || undefined : undefined;
  }

  async function focusFirst(paths: readonly string[]): Promise<void> {
    await tick();
    const root = options.root?.() ?? document;
    const fields = [...root.querySelectorAll<HTMLElement>('[name], [data-name]')];
    const field = fields.find((f) => paths.includes(f.getAttribute('name') ?? f.dataset.name ?? ''));
    const target = field?.matches('[role="radiogroup"]') ? field.querySelector<HTMLElement>('button') : field;
    target?.focus();
  }

  async function submit<R>(send: (values: V) => Promise<R>): Promise<R | undefined> {
    if (busy) return undefined;
    failure = undefined;
    refused = undefined;
    const wrong = Object.keys(found).filter((path) => found[path]);
    if (wrong.length) {
      for (const path of wrong) touched[path] = true;
      await focusFirst(wrong);
      return undefined;
    }
    busy = true;
    try {
      return await send($state.snapshot(values) as V);
    } catch (reason) {
      await refuse(toApiError(reason));
      return undefined;
    } finally {
      busy = false;
    }
  }

  async function refuse(problem: ApiError): Promise<void> {
    const toPath = options.path ?? ((path: string) => path);
    const errors: Record<string, string> = {};
    for (const f of problem.fields) {
      const path = toPath(f.path);
      errors[path] = errors[path] ? `${errors[path]} ${f.message}` : f.message;
    }
    refused = { errors, values: text };
    const known = Object.keys(errors).filter((path) => hasField(path));
    if (known.length < Object.keys(errors).length || !problem.fields.length) failure = problem;
    busy = false;
    await focusFirst(known);
  }

  function hasField(path: string): boolean {
    const root = options.root?.() ?? document;
    return root.querySelector(`[name="${CSS.escape(path)}"], [data-name="${CSS.escape(path)}"]`) !== null;
  }

  return {
    get values() {
      return values;
    },
    set values(next: V) {
      values = next;
    },
    get busy() {
      return busy;
    },
    get changed() {
      return text !== JSON.stringify(start);
    },
    get failure() {
      return failure;
    },
    error,
    touch(path: string) {
      touched[path] = true;
    },
    typed(path: string) {
      clearTimeout(pause);
      pause = setTimeout(() => (touched[path] = true), typingPauseMs);
    },
    submit,
    reset(next: V) {
      start = $state.snapshot(next) as V;
      values = $state.snapshot(next) as V;
      touched = {};
      refused = undefined;
      failure = undefined;
    },
  };
}

/** The value at a path with dots: "parcels.0.weight". */
function valueAt(values: unknown, path: string): unknown {
  let at = values;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
