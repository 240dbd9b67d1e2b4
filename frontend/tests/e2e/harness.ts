import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Where pictures go; nothing there is kept. */
export const pictures = join(tmpdir(), 'packbench-pictures');
mkdirSync(pictures, { recursive: true });

/** The window of a bench PC. */
export const benchScreen = { width: 1366, height: 768 };

/** Stricter than the program's own policy, so that what passes here passes there. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'";

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** Serves a folder on 127.0.0.1 for as long as the tests run. */
export async function serve(folder: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'] });
}

/** A page that fails its test when a script throws or the content security policy is broken. */
export async function newPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page & { problems: string[] }> {
  const context = await browser.newContext({ viewport: benchScreen, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return Object.assign(page, { problems });
}

interface Axe {
  configure: (spec: object) => void;
  run: (
    options: object,
  ) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>;
}

/** Menus and lists float above the page, as dialogs do; axe knows only dialogs as places of their own. */
const floating = 'dialog, [role=dialog], [role=alertdialog], svg, [role=menu], [role=listbox], [role=group]';

/** What axe finds, one line each; [] is what every screen must give. */
export async function axe(page: Page): Promise<string[]> {
  const source = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async (regionMatcher) => {
    const { axe } = window as unknown as { axe: Axe };
    axe.configure({ checks: [{ id: 'region', options: { regionMatcher } }] });
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
  }, floating);
}

/** How far a page can be scrolled sideways; 0 is what every screen must give. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('*')];
    return Math.max(
      ...boxes.map((box) =>
        /auto|scroll/.test(getComputedStyle(box).overflowX) || box === document.documentElement
          ? box.scrollWidth - box.clientWidth
          : 0,
      ),
    );
  });
}

/** Types keys one after the other at a person's speed; faster is taken for a scanner. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
}
