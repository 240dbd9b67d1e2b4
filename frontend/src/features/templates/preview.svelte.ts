import { api } from '$lib/api';
import { toApiError, type ApiError } from '$lib/api/errors';
import type { courier, desktop } from '../../../wailsjs/go/models';

/** A page is drawn once typing has rested for so long. */
const restMs = 250;

/** The drawn page, what is odd about it, and why it could not be drawn. */
export interface Preview {
  readonly page: desktop.PreviewPage | undefined;
  readonly error: ApiError | undefined;
  readonly drawing: boolean;
  /** The sentence for a field of the template: why it is refused, or what of it can't be printed. */
  fault(path: string): string | undefined;
  /** What the shown shipment's own paper lacks. */
  readonly rest: courier.Warning[];
}

/** Draws a page again whenever what is asked changes. The last one stays until the next is there. */
export function livePreview(asked: () => desktop.PreviewAsk): Preview {
  let page = $state.raw<desktop.PreviewPage>();
  let error = $state.raw<ApiError>();
  let drawing = $state(false);
  let begun = false;
  const key = $derived(JSON.stringify(asked()));

  async function draw(question: desktop.PreviewAsk, late: () => boolean) {
    try {
      const answer = await api.Templates.Preview(question);
      if (late()) return;
      page = answer;
      error = undefined;
    } catch (reason) {
      if (!late()) error = toApiError(reason);
    } finally {
      if (!late()) drawing = false;
    }
  }

  $effect(() => {
    const question = JSON.parse(key) as desktop.PreviewAsk;
    let late = false;
    drawing = true;
    const timer = setTimeout(() => void draw(question, () => late), begun ? restMs : 0);
    begun = true;
    return () => {
      late = true;
      clearTimeout(timer);
    };
  });

  const ofTemplate = (field: string) => field.startsWith('business.') || field.startsWith('packing_slip.');

  return {
    get page() {
      return page;
    },
    get error() {
      return error;
    },
    get drawing() {
      return drawing;
    },
    fault(path) {
      const refused = error?.fields.find((f) => f.path === path)?.message;
      return refused ?? page?.warnings.find((w) => w.field === path)?.message;
    },
    get rest() {
      return (page?.warnings ?? []).filter((w) => !ofTemplate(w.field));
    },
  };
}
