import { ApiError, toApiError } from './errors';
import type { Port } from './port';

/** What Wails (and, in tests, the bridge) puts on the window. */
interface WailsRuntime {
  EventsOn(topic: string, listener: (...data: unknown[]) => void): () => void;
  ClipboardGetText(): Promise<string>;
  ClipboardSetText(text: string): Promise<boolean>;
  BrowserOpenURL(url: string): void;
}

type Methods = Record<string, ((...args: unknown[]) => Promise<unknown>) | undefined>;

declare global {
  interface Window {
    go?: { desktop?: Record<string, Methods | undefined> };
    runtime?: WailsRuntime;
  }
}

/** The runtime of the window, undefined where the page runs without the program. */
export function runtime(): WailsRuntime | undefined {
  return window.runtime;
}

/** The port over `window.go.desktop.<Struct>.<Method>`. */
export function wailsPort(): Port {
  const structs = new Map<string | symbol, object>();
  return new Proxy({} as Port, {
    get(_, struct) {
      let methods = structs.get(struct);
      if (!methods) structs.set(struct, (methods = methodsOf(String(struct))));
      return methods;
    },
  });
}

function methodsOf(struct: string): object {
  return new Proxy(
    {},
    {
      get:
        (_, method) =>
        (...args: unknown[]) =>
          call(struct, String(method), args),
    },
  );
}

async function call(struct: string, method: string, args: unknown[]): Promise<unknown> {
  const bound = window.go?.desktop?.[struct]?.[method];
  if (!bound)
    throw new ApiError('unavailable', `The program behind this window does not answer (${struct}.${method}).`);
  try {
    return await bound(...args);
  } catch (reason) {
    throw toApiError(reason, `${struct}.${method}`);
  }
}

/** Hears a topic of the program's changes; `id` is "" where it may be any thing of it. Answers the function that stops it. */
export function onChange(topic: string, listener: (id: string) => void): () => void {
  return runtime()?.EventsOn(topic, (id) => listener(typeof id === 'string' ? id : '')) ?? (() => undefined);
}
