import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { desktop } from '../../wailsjs/go/models';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { Listener } from './listener';
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
  for (const reference of ['PRINT-1', 'PRINT-2', 'PRINT-3']) rows.push(await ship(program, seeded, { reference }));
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
  await dock.off();
});

const open = (row: number) => page.goto(program.at(`/shipments/${rows[row]!.number}`));
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
const told = (text: string) => page.getByText(text);

async function sha256(row: number, format: string): Promise<string> {
  const { base64 } = await program.go.Shipments.Document({
    shipment_id: rows[row]!.id,
    kind: 'label',
    format,
    dpi: format === 'zpl' ? 203 : 0,
    copies: 1,
  });
  return createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
}

describe('printers', () => {
  it('are asked for by the first print, and there is none', async () => {
    await open(0);
    await page.getByRole('button', { name: 'Print label' }).waitFor();
    await press(page, 'p');
    const ask = dialog('Which printer for this label?');
    await ask.getByText('No printer is chosen for labels. Choose one.').waitFor();
    await ask.getByText('There is no printer yet that takes this. Add one first.').waitFor();
    await ask.getByRole('button', { name: 'Set up printers' }).click();
    await page.getByText('No printer yet.').waitFor();
  });

  it('are added by their address, and what is wrong is said at its field', async () => {
    await press(page, 'n');
    const add = dialog('Add a printer');
    await add.getByLabel('Address').fill('two words:9100');
    await add.getByRole('textbox', { name: /^Name/ }).fill('Dock 4, left');
    await press(page, 'Control+s');
    await add.getByText('"two words:9100" is no address of a network printer.').waitFor();
    await add.getByLabel('Address').fill(dock.address);
    await add.getByRole('button', { name: 'Ask the printer' }).click();
    await add.getByText('It answers and is ready.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'print-add.png') });
    await press(page, 'Control+s');
    await add.waitFor({ state: 'detached' });
    const row = page.getByRole('row').filter({ hasText: 'Dock 4, left' });
    await row.getByText('Ready').waitFor();
    await row.getByText('ZPL, 203 dpi').waitFor();
  });

  it('are refused a second time', async () => {
    const same = { kind: 'raw', address: dock.address, name: 'Another', formats: ['zpl'], dpi: 203 };
    await expect(
      program.go.Printing.Add({ ...same, id: '', version: 0, created_ms: 0, updated_ms: 0 }),
    ).rejects.toThrow('There is already a printer with this name or this address.');
  });
});

describe('a label', () => {
  it('comes out of the printer that was chosen, byte for byte, and the choice is kept', async () => {
    await open(0);
    await page.getByRole('button', { name: 'Print label' }).waitFor();
    await press(page, 'p');
    const ask = dialog('Which printer for this label?');
    await ask.getByRole('radio', { name: 'Dock 4, left' }).click();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'print-choose.png') });
    await press(page, 'Control+s');
    await told(`Label of ${rows[0]!.number}: printed on Dock 4, left`).waitFor();
    expect(dock.taken).toEqual([await sha256(0, 'zpl')]);
    await page.getByRole('button', { name: 'Reprint label' }).waitFor();
    await page.getByText('printed on Dock 4, left as ZPL').waitFor();
    const { row } = await program.go.Shipments.Get(rows[0]!.id);
    expect(row.printed_ms).toBeGreaterThan(0);
  });

  it('is printed without a question from then on, and again as a reprint', async () => {
    await press(page, 'p');
    await expect.poll(() => dock.taken.length).toBe(2);
    expect(dock.taken[1]).toBe(dock.taken[0]);
    await page.goto(program.at('/print'));
    await page.getByRole('row').filter({ hasText: 'Reprint' }).getByText('Printed').waitFor();
  });

  it('of a cancelled shipment is not printed', async () => {
    await program.go.Shipments.Cancel(rows[2]!.id);
    await expect(
      program.go.Printing.Print({ shipment_id: rows[2]!.id, kind: 'label', printer_id: '' }),
    ).rejects.toThrow('its label must not be used');
  });
});

describe('a packing slip', () => {
  it('never goes to a printer of ZPL, and it is said what would be right', async () => {
    const [printer] = await program.go.Printing.Printers();
    await expect(
      program.go.Printing.Print({ shipment_id: rows[0]!.id, kind: 'packing-slip', printer_id: printer!.id }),
    ).rejects.toThrow('Dock 4, left takes ZPL, and this is a packing slip as PDF. Choose a printer that takes PDF.');
    await open(0);
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Print packing slip' }).click();
    await dialog('Which printer for this packing slip?')
      .getByText('There is no printer yet that takes this.')
      .waitFor();
    await press(page, 'Escape');
    expect(dock.taken).toHaveLength(2);
  });
});

describe('a printer that does not print', () => {
  const panel = () => page.getByRole('complementary', { name: `Label of ${rows[1]!.number}` });

  it('that is off: nothing was printed, and it is printed when it is on again', async () => {
    await dock.off();
    await open(1);
    await page.getByRole('button', { name: 'Print label' }).waitFor();
    await press(page, 'p');
    await page.getByText(`No printer answers at ${dock.address}.`).first().waitFor();
    expect((await program.go.Shipments.Get(rows[1]!.id)).row.printed_ms).toBe(0);
    await page.goto(program.at('/print?view=needs'));
    await page.getByRole('row').filter({ hasText: 'Failed' }).click();
    await panel().getByText('Check that it is on and connected.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'print-failed.png') });
    await dock.on('drop');
    await press(page, 'r');
    await page.getByRole('row').filter({ hasText: 'Unclear' }).waitFor();
  });

  it('that breaks off: it is unclear, and only a person who has looked prints it again', async () => {
    await panel().getByText('Look whether it came out before you print it again.').waitFor();
    await panel().getByText('Sent 2 times').waitFor();
    await dock.on('take');
    await press(page, 'r');
    const sure = page.getByRole('alertdialog', { name: 'Print the label again?' });
    await sure.getByText('It may have come out already.').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(dock.taken).toHaveLength(2);
    await sure.getByRole('button', { name: 'It did not come out: print again' }).click();
    await page.getByText('Nothing needs you').waitFor();
    expect(dock.taken[2]).toBe(await sha256(1, 'zpl'));
  });
});

describe('every view', () => {
  it.each(['light', 'dark', 'contrast'])('in %s has no finding of axe, and scrolls only downwards', async (theme) => {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    for (const [view, text] of [
      ['', 'Printed'],
      ['needs', 'Nothing needs you'],
      ['printers', 'Dock 4, left'],
    ] as const) {
      await page.goto(program.at(`/print?view=${view}`));
      await page.getByText(text).first().waitFor();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `print-${view || 'jobs'}-${theme}.png`) });
      await page.setViewportSize({ width: 683, height: 384 });
      expect(await sidewaysScroll(page)).toBe(0);
      await page.setViewportSize({ width: 1366, height: 768 });
    }
    expect(page.problems).toEqual([]);
  });
});
