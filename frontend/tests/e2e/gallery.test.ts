import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, serve, sidewaysScroll } from './harness';

let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  site = await serve('test-results/gallery');
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  site.close();
});

async function open(theme = 'light', size = { width: 1366, height: 768 }) {
  const page = await newPage(browser, { viewport: size });
  await page.goto(`${site.url}?theme=${theme}`);
  await page.getByRole('heading', { name: 'Kit', exact: true }).waitFor();
  return page;
}

describe.each(['light', 'dark', 'contrast'])('the kit, %s', (theme) => {
  it('has no finding of axe, at rest', async () => {
    const page = await open(theme);
    await page.screenshot({ path: join(pictures, `kit-${theme}.png`), fullPage: true });
    expect(await axe(page)).toEqual([]);
    expect(page.problems).toEqual([]);
    await page.context().close();
  });

  it('has no finding of axe in a dialog, a menu, the palette and the keys', async () => {
    const page = await open(theme);
    await page.getByRole('button', { name: 'Open the form' }).click();
    await page.getByRole('dialog', { name: 'Create API group' }).waitFor();
    await page.screenshot({ path: join(pictures, `dialog-${theme}.png`) });
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: 'Open one above' }).click();
    const question = page.getByRole('alertdialog', { name: 'Reset the account key?' });
    await question.waitFor();
    await page.screenshot({ path: join(pictures, `confirm-${theme}.png`) });
    expect(await axe(page)).toEqual([]);
    await press(page, 'Escape', 'Escape');

    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menu').waitFor();
    await page.screenshot({ path: join(pictures, `menu-${theme}.png`) });
    expect(await axe(page)).toEqual([]);
    await press(page, 'Escape');

    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('dark');
    await page.screenshot({ path: join(pictures, `palette-${theme}.png`) });
    expect(await axe(page)).toEqual([]);
    await press(page, 'Escape', '?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.screenshot({ path: join(pictures, `keys-${theme}.png`) });
    expect(await axe(page)).toEqual([]);
    expect(page.problems).toEqual([]);
    await page.context().close();
  });
});

describe('at 200 % zoom', () => {
  it('scrolls only downwards, and a dialog is a sheet', async () => {
    const page = await open('light', { width: 683, height: 384 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('button', { name: 'Open the form' }).click();
    const box = await page.getByRole('dialog').boundingBox();
    expect(box).toMatchObject({ x: 0, y: 0, width: 683, height: 384 });
    await page.screenshot({ path: join(pictures, 'sheet.png') });
    await page.context().close();
  });
});
