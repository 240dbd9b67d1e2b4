import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, newPage, press, serve } from './harness';

let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;
let page: Page;

beforeAll(async () => {
  site = await serve('test-results/gallery');
  browser = await launch();
  page = await newPage(browser);
  await page.goto(site.url);
});
afterAll(async () => {
  await browser.close();
  site.close();
});

const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
const toast = (text: string) => page.getByText(text, { exact: true }).waitFor();

describe('dialogs', () => {
  it('close from the top with Esc, and give the focus back each time', async () => {
    await page.getByRole('button', { name: 'Open the form' }).click();
    const form = page.getByRole('dialog', { name: 'Create API group' });
    await form.getByRole('button', { name: 'Open one above' }).click();
    const question = page.getByRole('alertdialog');
    await question.waitFor();
    await press(page, 'Escape');
    await question.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Open one above');
    expect(await form.isVisible()).toBe(true);
    await press(page, 'Escape');
    await form.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Open the form');
  });

  it('send their form with Ctrl+S and with Enter', async () => {
    for (const [name, key] of [
      ['North Dock', 'Control+s'],
      ['Blue Crate', 'Enter'],
    ] as const) {
      await page.getByRole('button', { name: 'Open the form' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill(name);
      await press(page, key);
      await toast(`Created: ${name}`);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it('keep the keys of the page below asleep', async () => {
    await page.getByRole('region', { name: 'Dialogs and menus' }).getByRole('button', { name: 'Reset…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).focus();
    await press(page, '/');
    expect(
      await page.getByRole('searchbox', { name: 'Find shipments' }).evaluate((e) => e === document.activeElement),
    ).toBe(false);
    await press(page, 'Escape');
  });
});

describe('menus', () => {
  it('run an item by its letter while they are open', async () => {
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menu').waitFor();
    await press(page, 'p');
    await toast('Packing slip printed');
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('move by arrows, pass what is off, and run by Enter', async () => {
    await page.getByRole('button', { name: 'Actions', exact: true }).focus();
    await press(page, 'Enter', 'ArrowDown', 'ArrowDown');
    expect(await focused()).toContain('Cancel shipment');
    await press(page, 'Enter');
    await page.getByRole('alertdialog').waitFor();
    await press(page, 'Escape');
  });
});

describe('fields', () => {
  it('choose in a list by keys', async () => {
    const courier = page.getByRole('combobox', { name: 'Courier' });
    await courier.focus();
    await press(page, 'Enter', 'ArrowDown', 'Enter');
    await expect.poll(() => courier.textContent()).toContain('Royal Mail');
  });

  it('show where a refused form went wrong', async () => {
    await page.getByLabel('Client ID').fill('k3Yt0v');
    await page.getByLabel('Client secret').and(page.locator('[name="fields.client_secret"]')).fill('0123456789');
    await page.getByRole('button', { name: 'Save the auth' }).click();
    const account = page.getByLabel('Account number');
    await expect.poll(() => account.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Account number is required.').waitFor();
    expect(await account.evaluate((e) => e === document.activeElement)).toBe(true);

    await account.fill('00A1B2');
    await page.getByRole('button', { name: 'Save the auth' }).click();
    await page.getByText('This login may not ship on that account.').first().waitFor();
    await page.getByText('Company North Dock is registered already.').waitFor();
  });
});

describe('toasts', () => {
  it('undo with Z', async () => {
    await page.getByRole('button', { name: 'Hold with undo' }).click();
    await toast('Put on hold: 184206');
    await press(page, 'z');
    await toast('Taken off hold: 184206');
  });
});

describe('the table', () => {
  const grid = () => page.getByRole('grid', { name: 'Shipments' });
  const row = (number: number) => grid().getByRole('row', { name: String(number) });

  it('draws only the rows in sight, and fetches more at the end', async () => {
    await grid().scrollIntoViewIfNeeded();
    expect(await grid().getByRole('row').count()).toBeLessThan(60);
    await grid().focus();
    const allIn = async () => {
      await press(page, 'End');
      return grid().getAttribute('aria-rowcount');
    };
    await expect.poll(allIn, { timeout: 20_000 }).toBe('1001');
    await press(page, 'End');
    await row(183210).waitFor();
    await press(page, 'Home');
    await row(184209).waitFor();
  });

  it('moves with J and K, opens with Enter, selects with X', async () => {
    await page.getByRole('heading', { name: 'Kit', exact: true }).click();
    await press(page, 'j', 'j', 'k', 'x', 'Enter');
    await toast('Opened 184208');
    expect(await row(184208).getAttribute('aria-selected')).toBe('true');
    await page.getByText('1 selected').waitFor();
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await expect.poll(() => row(184205).getAttribute('aria-selected')).toBe('true');
  });

  it('keeps the current row in sight under the sticky head', async () => {
    await grid().focus();
    await press(page, 'Home');
    for (let i = 0; i < 12; i++) await press(page, 'j');
    for (let i = 0; i < 10; i++) await press(page, 'k');
    const head = await grid().getByRole('columnheader').first().boundingBox();
    const here = await row(184207).boundingBox();
    expect(here!.y).toBeGreaterThanOrEqual(head!.y + head!.height - 1);
  });
});
