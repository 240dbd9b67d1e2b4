import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press } from './harness';
import { picture as inManual } from './manual';
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

/** A table as a shop writes it: A-1 has two items, A-3 has no postcode and a weight in words. */
const shop = [
  'Order no.,Customer,Address,Town,Postcode,Country,Weight (kg),Product,Qty,Colour',
  'A-1,Ada Sample,1 Sample Street,Hull,HU1 1AA,GB,1.5,Bolts,12,red',
  'A-1,,,,,,,Nuts 😀,24,',
  'A-2,شركة المثال,"2 Sample, Street",Leeds,LS1 1AA,GB,0.8,Hooks,1,blue',
  'A-3,Cy Sample,3 Sample Street,York,,GB,two,Rope,1,',
].join('\n');

async function choose(name: string, text: string) {
  const path = await program.saveAs(name);
  writeFileSync(path, text);
  await press(page, 'o');
  return path;
}

const field = (column: string) => page.getByRole('combobox', { name: `Field of column ${column}` });
const picture = (name: string) => page.screenshot({ path: `${pictures}/import-${name}.png` });
const count = async () => (await program.go.Shipments.List(everything, { limit: 50, cursor: '' })).items.length;
describe('import', () => {
  it('is reached from Shipments, and says what to do first', async () => {
    await page.goto(program.at('/shipments'));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Make labels from a file' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('refuses what is no table, in a sentence', async () => {
    await choose('orders.csv', '%PDF-1.7 not a table');
    await page.getByRole('alert').filter({ hasText: 'This is a PDF.' }).waitFor();
  });

  it('finds out how a file is written and what its columns are', async () => {
    await choose('orders.csv', shop);
    await page.getByText('4 rows').waitFor();
    await expect.poll(() => field('Order no.').innerText()).toBe('Reference');
    expect(await field('Customer').innerText()).toContain('Name');
    expect(await field('Weight (kg)').innerText()).toBe('Parcel weight');
    expect(await field('Colour').innerText()).toBe('Not used');
    expect(await page.getByRole('combobox', { name: 'Delimiter' }).innerText()).toContain('Comma');
    expect(await page.getByRole('combobox', { name: 'Encoding' }).innerText()).toContain('UTF-8');
    expect(await page.getByRole('textbox', { name: 'Unit of weight' }).inputValue()).toBe('kg');
    expect(await axe(page)).toEqual([]);
    await picture('match-light');
    await inManual(page, 'import-columns', page.getByRole('main'));
  });

  it('takes a field by dragging, and by keyboard', async () => {
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Second reference' })
      .dragTo(page.getByRole('columnheader', { name: /Colour/ }));
    await expect.poll(() => field('Colour').innerText()).toBe('Second reference');
    await field('Colour').focus();
    await press(page, 'Enter');
    await page.getByRole('option', { name: 'Not used' }).waitFor();
    await press(page, 'Home', 'Enter');
    await expect.poll(() => field('Colour').innerText()).toBe('Not used');
  });

  it('tries every row, and lets errors be put right in place', async () => {
    await expect.poll(() => page.getByRole('combobox', { name: 'Account' }).innerText()).toContain('web-shop-north');
    await expect.poll(() => page.getByRole('combobox', { name: 'Auth' }).innerText()).toContain('Main');
    await page.getByRole('combobox', { name: 'Service' }).click();
    await page.getByRole('option', { name: 'Next day' }).click();
    await page.getByRole('heading', { name: 'Columns' }).click(); // out of every field, for the key
    await press(page, 'c');
    await page.getByText('2 shipments are ready').waitFor();
    await page.getByText('1 needs another value').waitFor();
    const weight = page.getByRole('textbox', { name: 'Weight (kg) in row 5' });
    const postcode = page.getByRole('textbox', { name: 'Postcode in row 5' });
    expect(await weight.inputValue()).toBe('two');
    expect(await page.getByRole('row').filter({ has: postcode }).innerText()).toContain('Postcode is required');
    expect(await axe(page)).toEqual([]);
    await picture('wrong-light');
    await inManual(page, 'import-wrong', page.getByRole('main'));
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    await picture('wrong-dark');
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    await weight.fill('2');
    await press(page, 'Enter');
    await expect.poll(() => weight.count()).toBe(0);
    await postcode.fill('YO1 7HH');
    await press(page, 'Enter');
    await page.getByText('3 shipments are ready').waitFor();
    expect(await count()).toBe(0);
  });

  it('makes the labels when asked, and saves what came of each row', async () => {
    await page.getByRole('button', { name: 'Create 3 labels' }).click();
    const question = page.getByRole('alertdialog', { name: 'Create 3 labels?' });
    await question.waitFor();
    expect(await question.innerText()).toContain('web-shop-north');
    await question.getByRole('button', { name: 'Create 3 labels' }).click();
    await page.getByText('3 labels made').waitFor();
    expect(await count()).toBe(3);
    await picture('made-light');
    const path = await program.saveAs('result.csv');
    await page.getByRole('button', { name: 'Save the result of each row' }).click();
    await page.getByText(`4 rows saved to ${path}`).waitFor();
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const lines = text.trim().split('\r\n');
    expect(lines[0]).toBe('row,reference,result,shipment,tracking_number,sentence');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(/^2,A-1,made,\d+,PB\d+,Label made\.$/);
  });

  it('makes nothing twice from the same file, matched as the last time', async () => {
    await page.goto(program.at('/shipments'));
    await page.goto(program.at('/shipments/import'));
    await page.getByRole('heading', { name: 'Make labels from a file' }).waitFor();
    await choose('orders.csv', shop);
    await page.getByText('Matched as the last time').waitFor();
    await press(page, 'c');
    await page.getByText('2 were made before by this file').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Create 0 labels' }).isDisabled()).toBe(true);
    expect(await count()).toBe(3);
  });
});

describe('export', () => {
  it('saves what is shown as CSV and as JSON lines', async () => {
    await page.goto(program.at('/shipments?q=A-2'));
    for (const [item, name] of [
      ['Export as CSV', 'list.csv'],
      ['Export as JSON lines', 'list.jsonl'],
    ] as const) {
      const path = await program.saveAs(name);
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: item }).waitFor();
      if (item.endsWith('CSV')) await inManual(page, 'export', page.getByRole('main'));
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByText(`1 shipment saved to ${path}`).waitFor();
      expect(readdirSync(dirname(path)).filter((file) => file.endsWith('.part'))).toEqual([]);
      expect(readFileSync(path, 'utf8')).toContain('A-2');
    }
    expect(page.problems).toEqual([]);
    expect(seeded.account.name).toBe('web-shop-north');
  });
});
