import { api } from '$lib/api';
import { ApiError, toApiError } from '$lib/api/errors';
import { t } from '$lib/i18n';
import { toasts } from '$lib/state/toasts.svelte';
import type { desktop, draft } from '../../../wailsjs/go/models';

/** What stands in the form. */
export interface Typed {
  account: string;
  /** The order as it is sent. */
  order: string;
  /** The order as it is typed: it changes with nothing but that. */
  text: string;
  /** Something of it was typed. */
  begun: boolean;
}

/** Time without typing after which what was typed is kept, and the least time from one such write to the next. */
const restMs = 1_500;
const gapMs = 6_000;

/** The sources of drafts that are typed: saved by a person, or kept by itself. */
const saved = 'window';
const unfinished = 'unfinished';

/**
 * The draft that the form is about, where it is one. What is typed is kept by itself: when typing rests, when the page is
 * left and when the window goes.
 */
export class Keeping {
  draft = $state.raw<draft.Draft>();
  #typed: () => Typed;
  /** The order as it was when it was last kept or filled in. */
  #kept = $state.raw('');
  #lastMs = -Infinity;
  #closed = false;
  /** Writes go one after the other: the first makes the draft that the next one changes. */
  #work: Promise<unknown> = Promise.resolve();

  /** Call it while a component is made. `typed` reads the state it depends on; while `rests` answers true nothing is kept. */
  constructor(typed: () => Typed, rests: () => boolean) {
    this.#typed = typed;
    $effect(() => {
      if (rests() || typed().text === this.#kept) return;
      const wait = Math.max(restMs, this.#lastMs + gapMs - performance.now());
      const timer = setTimeout(() => void this.keep(), wait);
      return () => clearTimeout(timer);
    });
    $effect(() => {
      const go = () => document.visibilityState === 'hidden' && !rests() && void this.keep();
      document.addEventListener('visibilitychange', go);
      return () => document.removeEventListener('visibilitychange', go);
    });
  }

  /** It stands as a draft that nobody saved. */
  get unfinished(): boolean {
    return this.draft?.source === unfinished;
  }

  /** The form was filled from elsewhere, or emptied: there is nothing to keep until it changes. */
  filled(from?: draft.Draft): void {
    this.draft = from;
    this.#kept = this.#typed().text;
  }

  /** Keeps what is typed, where that has changed. Of a form that was emptied again nothing stays. */
  async keep(): Promise<void> {
    const typed = this.#typed();
    if (typed.text === this.#kept || !typed.account) return;
    try {
      if (typed.begun) await this.#write(typed, unfinished);
      else if (this.unfinished) await this.discard();
    } catch (reason) {
      if (toApiError(reason).code === 'not_found') this.draft = undefined; // what is typed next is a draft of its own
      toasts.fail(reason);
    }
  }

  /** Saves the draft, as a person asked. */
  save(): Promise<draft.Draft> {
    return this.#write(this.#typed(), saved);
  }

  /** Buys the order, once: as the draft it is, so that nothing is lost whatever stops in between. */
  async buy(): Promise<desktop.CreatedShipment> {
    const { id, version } = await this.#write(this.#typed(), unfinished);
    const made = await api.Drafts.Buy(id, version);
    this.#closed = true;
    return made;
  }

  /** Lets the order wait until its courier answers: a draft that is bought then. What is wrong with it is thrown. */
  async wait(): Promise<void> {
    const { id } = await this.save();
    const { lines } = await api.Drafts.Wait([id]);
    const wrong = lines[0];
    if (wrong) throw new ApiError(wrong.code, wrong.message, wrong.fields);
    this.#closed = true;
  }

  /** Takes the draft out of the queue. */
  async stopWaiting(): Promise<void> {
    if (!this.draft) return;
    await api.Drafts.StopWaiting([this.draft.id]);
    this.draft = await api.Drafts.Get(this.draft.id);
  }

  /** Begins another order. */
  next(): void {
    this.#closed = false;
    this.filled();
  }

  /** Deletes the draft and gives what it was. */
  async discard(): Promise<draft.Draft | undefined> {
    await this.#work.catch(() => undefined);
    const gone = this.draft;
    this.draft = undefined;
    if (gone) await api.Drafts.Delete([gone.id]);
    return gone;
  }

  /** The page is left: keeps what was not kept yet, and says so. */
  async leave(): Promise<void> {
    const touched = this.#lastMs > 0 || this.#typed().text !== this.#kept;
    if (this.#closed || !touched) return;
    await this.keep();
    const left = this.draft;
    if (!left) return;
    const run = () => void api.Drafts.Delete([left.id]).catch((r: unknown) => toasts.fail(r));
    toasts.show(t('drafts.kept'), this.unfinished ? { action: { label: t('drafts.discard'), run } } : {});
  }

  async #write(typed: Typed, source: string): Promise<draft.Draft> {
    const work = this.#work
      .catch(() => undefined)
      .then(async () => {
        this.#lastMs = performance.now();
        this.draft = await api.Drafts.Save({
          id: this.draft?.id ?? '',
          account_id: typed.account,
          account: '',
          order: typed.order,
          reference: '',
          recipient: '',
          country_iso: '',
          source,
          problems: [],
          created_ms: 0,
          updated_ms: 0,
          version: this.draft?.version ?? 0,
        });
        this.#kept = typed.text;
        return this.draft;
      });
    this.#work = work;
    return work;
  }
}

/** Gives the order that was kept by itself last, where there is one. */
export async function lastUnfinished(account: string): Promise<draft.Draft | undefined> {
  const { items } = await api.Drafts.List(
    { account_id: account, source: unfinished, search: '' },
    { limit: 1, cursor: '' },
  );
  return items[0];
}
