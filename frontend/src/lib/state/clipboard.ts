import { runtime } from '$lib/api/wails';

/** How long a secret stays on the clipboard. */
export const secretStaysMs = 30_000;

/** Puts text on the clipboard; rejects when the web view and the program both refuse. */
export async function copyText(text: string): Promise<void> {
  const wails = runtime();
  if (wails) {
    if (!(await wails.ClipboardSetText(text))) throw new Error('The clipboard took no text.');
    return;
  }
  await navigator.clipboard.writeText(text);
}

async function readText(): Promise<string> {
  const wails = runtime();
  return wails ? wails.ClipboardGetText() : navigator.clipboard.readText();
}

let clearing: ReturnType<typeof setTimeout> | undefined;

/** Copies a secret, and clears the clipboard after 30 s when it still holds that secret. */
export async function copySecret(secret: string): Promise<void> {
  await copyText(secret);
  clearTimeout(clearing);
  clearing = setTimeout(() => void clearIfUnchanged(secret), secretStaysMs);
}

async function clearIfUnchanged(secret: string): Promise<void> {
  try {
    if ((await readText()) === secret) await copyText('');
  } catch {
    // What can't be read can't be known to be ours, so it is left alone.
  }
}
