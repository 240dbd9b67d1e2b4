import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press } from './harness';
import { picture } from './manual';
import { startProgram, type Program } from './program';
import { everything, seed, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const shop = [
  'Order no.,Customer,Address,Town,Postcode,Country,Weight (kg),Product,Qty',
  'D-1,Ada Sample,1 Sample Street,Hull,HU1 1AA,GB,1.5,Bolts,12',
  'D-1,,,,,,,Nuts 😀,24',
  'D-2,شركة المثال,2 Sample Street,Leeds,LS1 1AA,GB,0.8,Hooks,1',
  'D-3,Cy Sample,3 Sample Street,York,,GB,2,=1+1,1',
].join('\n');

async function open() {
  await page.goto(program.at('/shipments'));
  await page.goto(program.at('/shipments/import'));
  await page.getByRole('heading', { name: 'Make labels from a file' }).waitFor();
  writeFileSync(await program.saveAs('orders.csv'), shop);
  await press(page, 'o');
  await page.getByText('4 rows', { exact: true }).waitFor();
}

const shipments = async () => (await program.go.Shipments.List(everything, { limit: 50, cursor: '' })).items;
const drafts = async () =>
  (await program.go.Drafts.List({ account_id: '', source: 'import:orders.csv', search: '' }, { limit: 50, cursor: '' }))
    .items;
const keep = (n: number) => page.getByRole('button', { name: new RegExp(`^Keep ${n} as draft`) });

describe('keeping a file as drafts', () => {
  it('keeps what could be bought, by keyboard, and buys nothing', async () => {
    await open();
    await expect.poll(() => page.getByRole('combobox', { name: 'Account' }).innerText()).toContain(seeded.account.name);
    await expect.poll(() => page.getByRole('combobox', { name: 'Auth' }).innerText()).toContain('Main');
    await page.getByRole('combobox', { name: 'Service' }).focus();
    await press(page, 'Enter');
    await page.getByRole('option', { name: 'Next day' }).waitFor();
    await press(page, 'n', 'Enter');
    await expect.poll(() => page.getByRole('combobox', { name: 'Service' }).innerText()).toContain('Next day');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press(page, 'c');
    await page.getByText('2 shipments are ready').waitFor();
    await keep(2).waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'This is a formula.' }).count()).toBe(1);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: `${pictures}/import-keep-light.png` });
    await press(page, 'd');
    await page.getByText('2 kept as drafts').waitFor();
    expect(await axe(page)).toEqual([]);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((to) => document.documentElement.setAttribute('data-theme', to), theme);
      await page.screenshot({ path: `${pictures}/import-kept-${theme}.png` });
    }
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    await picture(page, 'import-kept', page.getByRole('main'));
    expect(await shipments()).toEqual([]);
    const kept = await drafts();
    expect(kept.map((d) => [d.reference, d.recipient, d.problems.length])).toEqual([
      ['D-1', 'Ada Sample', 0],
      ['D-2', 'شركة المثال', 0],
    ]);
    expect(JSON.parse(kept[0]!.order).shipment.parcels[0].items).toHaveLength(2);
  });

  it('leads to them, and tells of each row in the result', async () => {
    const path = await program.saveAs('result.csv');
    await page.getByRole('button', { name: 'Save the result of each row' }).click();
    await page.getByText(`4 rows saved to ${path}`).waitFor();
    const lines = readFileSync(path, 'utf8').trim().split('\r\n');
    expect(lines[1]).toBe('2,D-1,kept,,,Kept as a draft.');
    expect(lines[4]).toContain('This is a formula.');
    await page.getByRole('link', { name: 'Open drafts' }).click();
    await expect.poll(() => decodeURIComponent(page.url())).toContain('/shipments/drafts?source=import:orders.csv');
  });

  it('keeps nothing twice, and buys nothing that is kept', async () => {
    await open();
    await page.getByText('Matched as the last time').waitFor();
    await press(page, 'c');
    await page.getByText('2 were made before by this file').waitFor();
    expect(await keep(0).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Create 0 labels' }).isDisabled()).toBe(true);
    expect(await drafts()).toHaveLength(2);
  });

  it('buys each draft once, and the file makes nothing of it again', async () => {
    const ids = (await program.go.Drafts.Pick({ account_id: '', source: 'import', search: '' })).ids;
    const report = await program.go.Drafts.BuyAll(ids);
    expect(report).toMatchObject({ total: 2, bought: 2, failed: 0, left: 0 });
    expect(await drafts()).toEqual([]);
    expect((await shipments()).map((s) => s.reference).sort()).toEqual(['D-1', 'D-2']);
    await open();
    await press(page, 'c');
    await page.getByText('2 were made before by this file').waitFor();
    expect(await shipments()).toHaveLength(2);
    expect(page.problems).toEqual([]);
  });
});
