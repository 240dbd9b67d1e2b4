import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, serve, sidewaysScroll } from './harness';

let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  site = await serve('dist');
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  site.close();
});

/** Stands in for the program: it is ready, and every list is empty. */
function standIn() {
  const state = {
    state: 'ready',
    error: null,
    version: '1.0.0',
    data_dir: '',
    api_url: 'http://127.0.0.1:47615',
    api_error: '',
    vault: 'keyring',
    new_key: false,
    unknown: 2,
  };
  const answers: Record<string | symbol, unknown> = {
    State: state,
    Needed: false,
    Jobs: { items: [], next: '' },
  };
  const struct = new Proxy({}, { get: (_, method) => () => Promise.resolve(answers[method] ?? []) });
  window.go = { desktop: new Proxy({}, { get: () => struct }) };
}

async function open(path: string, size = { width: 1366, height: 768 }): Promise<Page> {
  const page = await newPage(browser, { viewport: size });
  await page.addInitScript(standIn);
  await page.goto(`${site.url}#${path}`);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  return page;
}

describe('the shell', () => {
  it('goes by keys, by the palette and by links', async () => {
    const page = await open('/rules');
    const title = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
    await title('Rules');
    await press(page, 'g', 'b');
    await title('Bench');
    await press(page, 'Alt+6');
    await title('Print queue');
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('rul');
    await press(page, 'Enter');
    await title('Rules');
    await page.getByRole('link', { name: 'Bench' }).click();
    await title('Bench');
    await page.goBack();
    await title('Rules');
    await page.context().close();
  });

  it('tells the state of the program', async () => {
    const page = await open('/bench');
    await page.getByText('Local API 127.0.0.1:47615').waitFor();
    await page.getByText('Vault unlocked').waitFor();
    await page.getByText('2 purchases whose outcome is not known').waitFor({ state: 'attached' });
    await page.context().close();
  });

  it('takes over the theme and keeps it', async () => {
    const page = await open('/bench');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitem', { name: 'High contrast' }).click();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('contrast');
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('contrast');
    await page.context().close();
  });

  it('does not let a dropped file replace the program', async () => {
    const page = await open('/bench');
    const prevented = await page.evaluate(() =>
      ['dragover', 'drop'].map((type) => {
        const event = new DragEvent(type, { bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
      }),
    );
    expect(prevented).toEqual([true, true]);
    await page.context().close();
  });

  it('says where an address leads that leads nowhere', async () => {
    const page = await open('/nowhere');
    await page.getByText('The address “/nowhere” leads nowhere.').waitFor();
    await page.context().close();
  });

  it.each([
    ['bench', 'Bench'],
    ['rules', 'Rules'],
    ['print', 'Print queue'],
    ['nowhere', 'There is no such page'],
  ])('%s has no finding of axe, and scrolls only downwards', async (path, title) => {
    const page = await open(`/${path}`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.screenshot({ path: join(pictures, `shell-${path}.png`) });
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 683, height: 384 });
    await page.screenshot({ path: join(pictures, `shell-${path}-200.png`) });
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});
