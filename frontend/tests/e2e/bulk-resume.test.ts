import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { desktop } from '../../wailsjs/go/models';
import { axe, launch, newPage, pictures, press } from './harness';
import { Listener } from './listener';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, ship, type Seeded } from './seed';

/** The printer keeps silent about this document. */
const third = 3;
const many = 6;

const dock = new Listener();
const folder = mkdtempSync(join(tmpdir(), 'packbench-resume-'));
const start = () => startProgram(['-data-dir', join(folder, 'data')]);

let program: Program;
let seeded: Seeded;
let rows: desktop.Shipment['row'][];
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  await dock.on();
  program = await start();
  seeded = await seed(program);
  rows = [];
  for (let i = 0; i < many; i++) rows.push(await ship(program, seeded, { reference: `RUN-${i}` }));
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
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
  await dock.off();
  rmSync(folder, { recursive: true });
});

const list = () => page.getByRole('grid', { name: 'Shipments' });
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });

async function open(): Promise<void> {
  await page.goto('about:blank');
  await page.goto(program.at('/shipments'));
  await list().getByRole('row').filter({ hasText: 'RUN-0' }).waitFor();
  await list().focus();
}

async function killed(): Promise<void> {
  await program.kill();
  await page.goto('about:blank'); // the page would go on asking, and the browser go on saying that nobody answers
  page.problems.length = 0;
  program = await start();
}

describe('a run that was killed in the middle', () => {
  it('goes on where it was, and prints nothing twice', async () => {
    await open();
    await press(page, 'Control+a');
    await page.getByRole('toolbar').getByText(`${many} shipments selected`).waitFor();
    dock.silentAfter(third - 1);
    await press(page, 'Shift+P');
    const ask = dialog(`Print documents of ${many} shipments`);
    await ask.getByRole('checkbox', { name: 'Packing slips' }).click();
    await press(page, 'Control+s');
    await expect.poll(() => dock.taken.length, { timeout: 20_000 }).toBe(third);
    await killed();
    dock.speak();

    await open();
    const bar = page.getByRole('group', { name: 'Printing for many shipments' });
    await bar.getByText(`2 of ${many} done`).waitFor();
    await bar.getByRole('button', { name: 'Show' }).click();
    const run = dialog('Printing for many shipments');
    await run.getByText('Packbench was closed before it was through.').waitFor();
    expect(await axe(page)).toEqual([]);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
      await page.screenshot({ path: join(pictures, `bulk-closed-${theme}.png`) });
    }
    await run.getByRole('button', { name: `Go on with ${many - 2} shipments` }).click();
    await run.getByText(`5 of ${many} done, 1 parked`).waitFor();
    await run.getByText('Look whether it came out before you print it again').waitFor();
    expect(new Set(dock.taken).size).toBe(many);
    expect(dock.taken).toHaveLength(many);
    await run.getByRole('button', { name: 'Forget this' }).click();
    await killed();
    expect((await program.go.Bulk.Now()).id).toBe('');
  });
});

describe('drafts of which some were bought when the program was killed', () => {
  it('are bought once each', async () => {
    const drafts = 60;
    const before = (await program.go.Shipments.Count(everything)).count;
    for (let i = 0; i < drafts; i++)
      await program.go.Drafts.Save({
        id: '',
        account_id: seeded.account.id,
        account: '',
        order: JSON.stringify({
          ...JSON.parse(await sampleOrder(program, { reference: `D-${i}` })),
          courier: 'OwnFleet',
        }),
        reference: '',
        recipient: '',
        country_iso: '',
        source: 'window',
        problems: [],
        created_ms: 0,
        updated_ms: 0,
        version: 0,
      });
    const every = { account_id: '', source: '', search: '' };
    const buying = program.go.Drafts.BuyAll((await program.go.Drafts.Pick(every)).ids).catch(() => undefined);
    await expect
      .poll(async () => (await program.go.Shipments.Count(everything)).count, { interval: 5 })
      .toBeGreaterThan(before);
    await killed();
    await buying;
    await program.go.Drafts.BuyAll((await program.go.Drafts.Pick(every)).ids);
    const all = await program.go.Shipments.List({ ...everything, search: 'D-' }, { limit: 200, cursor: '' });
    const references = all.items.map((row) => row.reference).filter((reference) => reference.startsWith('D-'));
    expect(references).toHaveLength(drafts);
    expect(new Set(references).size).toBe(drafts);
    expect((await program.go.Drafts.Count(every)).count).toBe(0);
    expect(page.problems).toEqual([]);
  });
});
