import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press } from './harness';
import { startProgram, type Program } from './program';
import { everything, seed, ship, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  await ship(program, seeded, { reference: 'WEB-2001', ship_to: { company_name: 'Hillside Clinic' } });
  browser = await launch();
  page = await newPage(browser);
  await page.goto(program.at('/bench'));
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const field = () => page.getByRole('combobox', { name: 'Search or run a command' });
const lines = (group: string) => page.getByRole('group', { name: group }).getByRole('option');
const chosen = () => page.getByRole('option', { selected: true });

async function ask(query: string): Promise<void> {
  await press(page, 'Control+k');
  await field().fill(query);
}

describe('the palette', () => {
  it('finds an account by letters of its name, says its group, and leads to it', async () => {
    await ask('wsnorth');
    await expect.poll(() => chosen().innerText()).toContain('web-shop-north');
    expect(await lines('API accounts').first().innerText()).toContain('Web shops');
    await page.screenshot({ path: join(pictures, 'palette-account.png') });
    expect(await axe(page)).toEqual([]);
    await press(page, 'Enter');
    await page.getByRole('heading', { level: 1, name: 'API accounts' }).waitFor();
    await page.getByText('web-shop-north', { exact: true }).first().waitFor();
  });

  it('finds a group and a courier', async () => {
    await ask('web shops');
    await expect.poll(() => lines('API groups').first().innerText()).toContain('Web shops');
    await field().fill('own fleet');
    await expect.poll(() => chosen().innerText()).toContain('Own fleet');
    await press(page, 'Enter');
    await page.getByRole('heading', { level: 1, name: 'Couriers' }).waitFor();
    expect(page.url()).toContain('#/couriers/OwnFleet');
  });

  it('finds a shipment by its number, before anything else', async () => {
    const [row] = (await program.go.Shipments.List({ ...everything, search: 'WEB-2001' }, { limit: 1, cursor: '' }))
      .items;
    await ask(String(row!.number));
    await expect.poll(() => chosen().innerText()).toContain(`Shipment ${row!.number}`);
    expect(await chosen().innerText()).toContain('Hillside Clinic');
    await press(page, 'Enter');
    await page.getByRole('heading', { level: 1, name: String(row!.number), exact: true }).waitFor();
  });

  it('has what was used last first, without the names of customers', async () => {
    await press(page, 'Control+k');
    await expect
      .poll(async () => (await lines('Recent').allInnerTexts()).map((line) => line.trim()))
      .toEqual(['Shipment 1', 'Own fleet', 'web-shop-north']);
    expect(await page.evaluate(() => localStorage.getItem('packbench.recent'))).not.toContain('Hillside');
    await press(page, 'ArrowDown', 'Enter');
    await expect.poll(() => page.url()).toContain('#/couriers/OwnFleet');
  });

  it('says when nothing is called so, and closes with Esc and Ctrl+K', async () => {
    await ask('qqqq');
    await page.getByText('Nothing here is called “qqqq”.').waitFor();
    await press(page, 'Escape');
    await field().waitFor({ state: 'detached' });
    await press(page, 'Control+k');
    expect(await field().inputValue()).toBe('');
    await press(page, 'Control+k');
    await field().waitFor({ state: 'detached' });
  });

  it('gives the focus back to where it was', async () => {
    const button = page.getByRole('button', { name: 'Theme' });
    await button.focus();
    await press(page, 'Control+k');
    await field().waitFor();
    await press(page, 'Escape');
    await expect.poll(() => button.evaluate((e) => e === document.activeElement)).toBe(true);
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
