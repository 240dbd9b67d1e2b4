import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';

let program: Program;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  browser = await launch();
  page = await newPage(browser);
  await page.goto(program.at('/shipments'));
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const step = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name') ?? '');

describe('the first run', () => {
  it('comes first, whatever page was asked for', async () => {
    await page.getByRole('heading', { level: 1, name: 'Print your first label' }).waitFor();
    expect(page.url()).toContain('#/first-run');
    await expect.poll(focused).toBe('bench_name');
    expect(await axe(page)).toEqual([]);
  });

  it('says at the field what is missing, and goes there', async () => {
    await page.getByLabel('Sender', { exact: true }).fill('North Dock');
    await page.getByLabel('Address', { exact: true }).fill('1 Example Yard');
    await page.getByLabel('City').fill('Norbury Vale');
    await press(page, 'Enter');
    await page.getByText('Give the postcode.').waitFor();
    await expect.poll(focused).toBe('sender.postcode');
    expect(await program.go.Setup.Needed()).toBe(true);
  });

  it('takes keys alone from there to a label', async () => {
    await page.keyboard.type('QX1 0AA');
    await press(page, 'Enter');
    await page.getByText('Parcels leave from North Dock, 1 Example Yard, QX1 0AA.').waitFor();
    await expect.poll(focused).toBe('group');
    expect(await axe(page)).toEqual([]);
    await press(page, 'Enter');
    const label = page.getByRole('img', { name: 'The sample label, 4 by 6 inches' });
    await label.waitFor();
    expect(await label.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight])).toEqual([812, 1218]);
    await step('web-shop in Own orders is ready').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'first-run.png') });
  });

  it('made one account with the sender, and one shipment of it', async () => {
    expect(await program.go.Setup.Needed()).toBe(false);
    const [brief, ...others] = await program.go.Accounts.Briefs();
    expect(others).toEqual([]);
    const made = await program.go.Accounts.Get(brief!.id);
    expect(made).toMatchObject({ name: 'web-shop', group: 'Own orders', auths: 1, shipments: 1 });
    expect(made.default_sender).toMatchObject({ name: 'North Dock', country_iso: 'GB' });
  });

  it('saves the label', async () => {
    const path = await program.saveAs('label.pdf');
    await press(page, 'l');
    await page.getByText(`Saved to ${path}`).waitFor();
    expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('fits a screen at 200 %', async () => {
    await page.setViewportSize({ width: 683, height: 384 });
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it('leaves to the program, and does not come back by itself', async () => {
    await page.getByRole('link', { name: 'Go to the program' }).click();
    await page.getByRole('heading', { level: 1, name: 'API accounts' }).waitFor();
    await page.getByRole('link', { name: 'Own orders' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Own orders' }).waitFor();
    expect(page.problems).toEqual([]);
  });
});
