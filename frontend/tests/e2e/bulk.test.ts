import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { desktop } from '../../wailsjs/go/models';
import { axe, benchScreen, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { Listener } from './listener';
import { picture } from './manual';
import { startProgram, type Program } from './program';
import { seed, ship } from './seed';

const dock = new Listener();
let program: Program;
let rows: desktop.Shipment['row'][];
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  await dock.on();
  program = await startProgram();
  const seeded = await seed(program);
  rows = [];
  for (let i = 0; i < 8; i++) rows.push(await ship(program, seeded, { reference: `BULK-${i}` }));
  await program.go.Shipments.Cancel(rows[1]!.id);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
  await dock.off();
});

const list = () => page.getByRole('grid', { name: 'Shipments' });
const bar = () => page.getByRole('toolbar', { name: 'Selected shipments' });
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
const state = async (i: number) => (await program.go.Shipments.Get(rows[i]!.id)).row.state;

/** The list as it is shown: the newest first. */
async function open() {
  await page.goto(program.at('/shipments'));
  await page.reload();
  await list().getByRole('row').filter({ hasText: 'BULK-7' }).waitFor();
  await list().focus();
}

/** The reference on each page of a PDF that qpdf finds sound. */
function references(path: string): string[] {
  expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain(
    'No syntax or stream encoding errors',
  );
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  const kind = (t: string) => (t.includes('Packing slip') ? 'slip' : t.includes('Manifest') ? 'manifest' : 'label');
  return text
    .split('\f')
    .slice(0, -1)
    .map((t) => `${kind(t)} ${/BULK-\d/.exec(t)?.[0] ?? ''}`);
}

/** Both themes of a state, with a picture each and nothing for axe to find. */
async function both(name: string) {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
    await page.screenshot({ path: join(pictures, `bulk-${name}-${theme}.png`) });
    expect(await axe(page), `${name}, ${theme}`).toEqual([]);
  }
}

describe('a selection', () => {
  it('is made by the keyboard: a row, a range, all, none', async () => {
    await open();
    await press(page, 'j', 'Space');
    await bar().getByText('1 shipment selected').waitFor();
    await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
    await bar().getByText('3 shipments selected').waitFor();
    await press(page, 'Control+a');
    await bar().getByText('8 shipments selected').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await both('selected');
    await page.setViewportSize({ ...benchScreen, height: 600 }); // a lighter picture
    await picture(page, 'bulk-selected', page.getByRole('main'));
    await page.setViewportSize(benchScreen);
    await press(page, 'Escape');
    await bar().waitFor({ state: 'detached' });
  });

  it('takes a range by Shift on the boxes, and is gone with another filter', async () => {
    await open();
    await page.getByRole('checkbox', { name: `Select Shipment ${rows[6]!.number} ` }).click();
    await page.getByRole('checkbox', { name: `Select Shipment ${rows[3]!.number} ` }).click({ modifiers: ['Shift'] });
    await bar().getByText('4 shipments selected').waitFor();
    await page.getByRole('tab', { name: /^Today/ }).click();
    await bar().waitFor({ state: 'detached' });
  });
});

describe('documents', () => {
  it('come as one PDF in the order of the list, without the one that was cancelled', async () => {
    await open();
    await press(page, 'Control+a');
    await bar().getByText('8 shipments selected').waitFor();
    await press(page, 'Shift+D');
    const ask = dialog('Documents of 8 shipments');
    await ask.waitFor();
    await both('documents');
    await press(page, 'Control+s');
    const run = dialog('Documents of many shipments');
    await run.getByText('7 of 8 done, 1 parked').waitFor();
    await run.getByText('7 shipments · 14 pages').waitFor();
    await run.getByText('its label must not be used').waitFor();
    await both('run');
    await picture(page, 'bulk-run');
    const path = await program.saveAs('documents.pdf');
    await run.getByRole('button', { name: /^Save documents-/ }).click();
    await page.getByText(`Saved to ${path}`).waitFor();
    const newestFirst = [7, 6, 5, 4, 3, 2, 0].flatMap((i) => [`label BULK-${i}`, `slip BULK-${i}`]);
    expect(references(path)).toEqual(newestFirst);
    expect((await program.go.Shipments.Get(rows[3]!.id)).row.printed_ms).toBeGreaterThan(0);
  });

  it('stand there when the page is left and opened again, and a parked one leads to its page', async () => {
    await open();
    await page
      .getByRole('group', { name: 'Documents of many shipments' })
      .getByRole('button', { name: 'Show' })
      .click();
    const run = dialog('Documents of many shipments');
    await run.getByRole('link', { name: `Shipment ${rows[1]!.number}` }).click();
    await page.getByRole('heading', { name: String(rows[1]!.number), exact: true }).waitFor();
    await open();
    await page.getByRole('button', { name: 'Forget this' }).click();
    await expect.poll(async () => (await program.go.Bulk.Now()).id).toBe('');
  });

  it('are refused where none is chosen', async () => {
    await open();
    await press(page, 'j', 'Space', 'Shift+D');
    const ask = dialog('Documents of 1 shipment');
    await ask.getByRole('checkbox', { name: 'Labels' }).click();
    await ask.getByRole('checkbox', { name: 'Packing slips' }).click();
    await press(page, 'Control+s');
    await ask.getByText('Choose at least one.').waitFor();
    await press(page, 'Escape');
  });
});

describe('a manifest', () => {
  it('lists what may be collected', async () => {
    await open();
    await press(page, 'Control+a');
    await bar().getByText('8 shipments selected').waitFor();
    await press(page, 'Shift+M');
    const run = dialog('Manifest');
    await run.getByText('7 of 8 done, 1 parked').waitFor();
    const path = await program.saveAs('manifest.pdf');
    await run.getByRole('button', { name: /^Save manifest-/ }).click();
    await page.getByText(`Saved to ${path}`).waitFor();
    expect(existsSync(path)).toBe(true);
    expect(references(path)).toHaveLength(1);
    expect(readFileSync(path, 'latin1')).toMatch(/^%PDF-/);
  });
});

describe('printing', () => {
  it('says that a printer is missing, then sends every label once', async () => {
    await open();
    await press(page, 'j', 'Space', 'Shift+ArrowDown', 'Shift+P');
    const ask = dialog('Print documents of 2 shipments');
    await ask.getByRole('checkbox', { name: 'Packing slips' }).click();
    await press(page, 'Control+s');
    await ask.getByText('No printer is chosen yet for: Label.').waitFor();
    await both('no-printer');
    const printer = await program.go.Printing.Add({
      kind: 'raw',
      address: dock.address,
      name: 'Dock 4',
      formats: ['zpl'],
      dpi: 203,
      id: '',
      version: 0,
      created_ms: 0,
      updated_ms: 0,
    });
    for (const format of ['zpl', 'pdf'])
      await program.go.Printing.SetDefault({ kind: 'label', format, printer_id: printer.id }).catch(() => undefined);
    await press(page, 'Control+s');
    const run = dialog('Printing for many shipments');
    await run.getByText('2 of 2 done').waitFor();
    await run.getByText('Everything is done.').waitFor();
    expect(dock.taken).toHaveLength(2);
  });
});

describe('marking as packed', () => {
  it('is done at once', async () => {
    await open();
    await press(page, 'Space', 'Shift+K');
    await dialog('Marking many shipments as packed').getByText('1 of 1 done').waitFor();
    expect((await program.go.Shipments.Get(rows[7]!.id)).row.packed).toBe(true);
  });
});

describe('cancelling', () => {
  it('says how many can be cancelled and why the others can’t, and asks first', async () => {
    await open();
    await press(page, 'Control+a');
    await bar().getByText('8 shipments selected').waitFor();
    await press(page, 'Shift+C');
    const ask = page.getByRole('alertdialog', { name: 'Cancel 7 shipments?' });
    await ask.getByText('1 can’t be cancelled and stays as it is:').waitFor();
    await ask.getByText('It has been cancelled already.').waitFor();
    await ask.getByText(`Shipment ${rows[1]!.number}`, { exact: true }).waitFor();
    await both('cancel');
    await picture(page, 'bulk-cancel');
    await press(page, 'Escape');
    expect(await state(0)).toBe('booked');
    await press(page, 'Shift+C');
    await ask.getByRole('button', { name: 'Cancel 7 shipments' }).click();
    await dialog('Cancelling many shipments').getByText('7 of 7 done').waitFor();
    expect(await state(0)).toBe('cancelled');
    expect(await state(7)).toBe('cancelled');
    expect(page.problems).toEqual([]);
  });
});
