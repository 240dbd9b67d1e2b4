import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { benchScreen } from './harness';

/** The user's manual, whose pictures the tests make. */
export const manual = '../docs/manual';

/** A picture in the manual weighs no more than this many bytes: the pages are read over slow lines, too. */
export const heaviest = 150_000;

/** Room left round a dialog, in pixels. */
const margin = 24;

/**
 * Takes a picture of the window as it stands: of the dialog on top, of `of` where it is given, or of the whole. What
 * differs from run to run (times, ids, ports, ends of secrets, who runs the tests) is written over first, and the file is
 * written only where somebody could see a difference.
 */
export async function picture(page: Page, name: string, of?: Locator): Promise<void> {
  await page.evaluate(calm, userInfo().username);
  const dialogs = page.locator('[role=dialog], [role=alertdialog]');
  const shown = of ?? ((await dialogs.count()) > 0 ? dialogs.last() : page.locator('body'));
  const box = (await shown.boundingBox())!;
  const x = Math.max(0, box.x - margin);
  const y = Math.max(0, box.y - margin);
  const width = Math.min(benchScreen.width, box.x + box.width + margin) - x;
  const height = Math.min(benchScreen.height, box.y + box.height + margin) - y;
  const taken = await page.screenshot({ caret: 'hide', clip: { x, y, width, height } });
  const file = join(manual, `${name}.png`);
  if (existsSync(file) && !(await visiblyDifferent(page, readFileSync(file), taken))) return;
  mkdirSync(manual, { recursive: true });
  writeFileSync(file, taken);
}

/** Runs in the page: writes over what no two runs have in common. */
function calm(user: string): void {
  const swaps: readonly [RegExp, string][] = [
    [/\b[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}\b/g, '019a3f5e-7c2d-7d41-9b3f-5c8e21a4d6b0'],
    [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d\d:\d\d\b/g, 'Mon 2 Nov 09:41'],
    [/\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?= \d{4}|,? \d\d:| |\.|$)/g, '2 Nov'],
    [/\b20\d\d\b/g, '2026'],
    [/\b\d\d:\d\d:\d\d\b/g, '09:41:00'],
    [/\b\d\d:\d\d\b/g, '09:41'],
    [/\b\d+ h \d+ min\b/g, '23 h 59 min'],
    [/\b\d+ (ms|s)\b/g, '40 $1'],
    [/127\.0\.0\.1:\d+/g, '127.0.0.1:47615'],
    [/\/\S*packbench-bridge-\d+\/data/g, '~/.local/share/packbench'],
    [/\b(pk[at]_(?:(?:live|test)_)?)[A-Za-z0-9_-]{8,}/g, '$1••••••••••••••••'],
    [/(?<=[•…]\s?)[A-Za-z0-9_-]{2,6}$/g, '4f7Q'],
  ];
  const calmed = (text: string) => swaps.reduce((now, [pattern, to]) => now.replace(pattern, to), text);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const now = calmed(texts.currentNode.nodeValue ?? '');
    if (now.trim() === user) texts.currentNode.nodeValue = 'packer';
    else if (now !== texts.currentNode.nodeValue) texts.currentNode.nodeValue = now;
  }
  // The end of a masked secret stands beside its mask.
  for (const mask of document.querySelectorAll('.mask')) if (mask.nextSibling) mask.nextSibling.nodeValue = '4f7Q';
  for (const input of document.querySelectorAll('input')) {
    const now = calmed(input.value);
    if (now !== input.value) input.value = now;
  }
  for (const toast of document.querySelectorAll<HTMLElement>('[aria-live] > [role="status"]'))
    toast.style.visibility = 'hidden';
}

/** Compares two pictures by their pixels, in the browser, which can read them. */
async function visiblyDifferent(page: Page, before: Buffer, now: Buffer): Promise<boolean> {
  return page.evaluate(
    async ([a, b]) => {
      const pixels = async (text: string) => {
        const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        canvas.drawImage(bitmap, 0, 0);
        return canvas.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [one, two] = [await pixels(a), await pixels(b)];
      if (one.width !== two.width || one.height !== two.height) return true;
      let different = 0;
      for (let i = 0; i < one.data.length; i += 4) {
        const far = [0, 1, 2].some((n) => Math.abs(one.data[i + n]! - two.data[i + n]!) > 40);
        if (far) different++;
      }
      // A letter is about this many pixels; less is the edge of one.
      return different > 40;
    },
    [before.toString('base64'), now.toString('base64')] as const,
  );
}
