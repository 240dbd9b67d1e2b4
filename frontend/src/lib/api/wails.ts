import { toApiError } from './errors';

/** What Wails (and, in tests, the bridge) puts on the window. */
interface WailsRuntime {
  EventsOn(topic: string, listener: (...data: unknown[]) => void): () => void;
  ClipboardGetText(): Promise<string>;
  ClipboardSetText(text: string): Promise<boolean>;
  BrowserOpenURL(url: string): void;
}

type Bound = Record<string, Record<string, ((...args: unknown[]) => Promise<unknown>) | undefined> | undefined>;

declare global {
  interface Window {
    go?: { desktop?: Bound };
    runtime?: WailsRuntime;
  }
}

/** The runtime of the window, undefined where the page runs without the program. */
export function runtime(): WailsRuntime | undefined {
  return window.runtime;
}

/** Calls a method of a struct bound in backend/doors/desktop. Every rejection is an ApiError. */
export async function call<T>(struct: string, method: string, ...args: unknown[]): Promise<T> {
  const bound = window.go?.desktop?.[struct]?.[method];
  if (!bound) throw toApiError(`${struct}.${method} is not there: the page runs without the program.`);
  try {
    return (await bound(...args)) as T;
  } catch (reason) {
    throw toApiError(reason);
  }
}

/** Hears events of the program; answers the function that stops it. */
export function onEvent(topic: string, listener: (...data: unknown[]) => void): () => void {
  return runtime()?.EventsOn(topic, listener) ?? (() => undefined);
}
