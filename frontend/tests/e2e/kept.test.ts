import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press } from './harness';
import { startProgram, type Program } from './program';
import { everything, seed } from './seed';

const folder = mkdtempSync(join(tmpdir(), 'packbench-kept-'));
const start = () => startProgram(['-data-dir', join(folder, 'data')]);

let program: Program;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await start();
  await seed(program);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
  rmSync(folder, { recursive: true });
});

const to = () => page.getByRole('region', { name: 'To', exact: true });
const name = () => to().getByRole('combobox', { name: /^Name/ });
const field = (label: RegExp) => page.getByRole('textbox', { name: label });
const kept = async () =>
  (await program.go.Drafts.List({ account_id: '', source: '', search: '' }, { limit: 50, cursor: '' })).items;
const line = () => page.getByRole('status').filter({ hasText: 'Kept from' });
async function open(): Promise<void> {
  await page.goto('about:blank');
  await page.goto(program.at('/shipments/new'));
  await page.getByRole('radio', { name: /Next day/ }).waitFor();
}

async function fill(who: string): Promise<void> {
  await name().fill(who);
  await to()
    .getByRole('textbox', { name: /^Address(?!,)/ })
    .fill('12 Hill Road');
  await to().getByRole('textbox', { name: /^City/ }).fill('Bristol');
  await to()
    .getByRole('textbox', { name: /^Postcode/ })
    .fill('BS8 1AA');
  await to()
    .getByRole('combobox', { name: /^Country/ })
    .fill('GB');
}

describe('a half-typed shipment', () => {
  it('is kept by itself once typing rests, and not with every letter', async () => {
    await open();
    await name().pressSequentially('Ada Sample of Hillside Clinic', { delay: 20 });
    await page.getByText(/^Kept \d\d:\d\d$/).waitFor();
    expect((await kept()).map((d) => [d.recipient, d.source])).toEqual([
      ['Ada Sample of Hillside Clinic', 'unfinished'],
    ]);
    const writes = (await kept())[0]!.version;
    expect(writes).toBeLessThanOrEqual(3); // of 29 letters
    expect(page.problems).toEqual([]);
  });

  it('is there after the program was killed, and Go on fills it in', async () => {
    await fill('Ada Sample');
    await expect
      .poll(async () => JSON.parse((await kept())[0]!.order).shipment.ship_to.postcode, { timeout: 20_000 })
      .toBe('BS8 1AA');
    await program.kill();
    await page.goto('about:blank'); // the page would go on asking, and the browser go on saying that nobody answers
    page.problems.length = 0;
    program = await start();
    await open();
    expect(await name().inputValue()).toBe('');
    await line()
      .getByText(/^Kept from .*, not finished: Ada Sample$/)
      .waitFor();
    expect(await axe(page)).toEqual([]);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
      await page.screenshot({ path: join(pictures, `kept-${theme}.png`) });
    }
    await line().getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => name().inputValue()).toBe('Ada Sample');
    await line().waitFor({ state: 'detached' });
  });

  it('is bought once, and gone then', async () => {
    await field(/^Weight(?! of one)/).fill('1');
    await field(/^Description/).fill('Ceramic mug');
    await field(/^Quantity/).fill('1');
    await page.keyboard.press('Alt+1');
    await press(page, 'Control+Enter');
    await page.getByRole('dialog', { name: /^Label made/ }).waitFor();
    const { items } = await program.go.Shipments.List(everything, { limit: 5, cursor: '' });
    expect(items.map((row) => row.recipient)).toEqual(['Ada Sample']);
    expect(await kept()).toEqual([]);
    await page.goto('about:blank');
    expect(await kept()).toEqual([]);
  });

  it('is kept when the window goes', async () => {
    await open();
    await name().fill('Gone Window');
    await page.goto('about:blank');
    await expect.poll(async () => (await kept()).map((d) => d.recipient)).toEqual(['Gone Window']);
  });

  it('can be discarded, and that taken back', async () => {
    await open();
    await line().getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Discarded').waitFor();
    await line().waitFor({ state: 'detached' });
    expect(await kept()).toEqual([]);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await line().getByText('Gone Window').waitFor();
  });

  it('is not offered once it was saved as a draft, nor once it was emptied', async () => {
    await line().getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => name().inputValue()).toBe('Gone Window');
    await press(page, 'Control+s');
    await page.getByText('Draft saved').waitFor();
    await open();
    expect((await kept()).map((d) => d.source)).toEqual(['window']);
    expect(await line().count()).toBe(0);

    await name().fill('Nobody');
    await page.getByText(/^Kept \d\d:\d\d$/).waitFor();
    await name().fill('');
    await page.getByRole('link', { name: 'Shipments' }).first().click();
    await page.getByRole('grid', { name: 'Shipments' }).waitFor();
    await expect.poll(async () => (await kept()).length).toBe(1);
    expect(page.problems).toEqual([]);
  });
});
