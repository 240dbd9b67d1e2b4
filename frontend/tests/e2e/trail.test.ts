import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press } from './harness';
import { startProgram, type Program } from './program';
import { everything, seed, ship, type Seeded } from './seed';

/** More than one page of the list. */
const many = 210;

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  for (let i = 0; i < many; i += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        ship(program, seeded, {
          reference: `T-${i + n}`,
          ship_to: { company_name: (i + n) % 2 ? 'Oak Street Library' : 'Hillside Clinic' },
        }),
      ),
    );
  browser = await launch();
  page = await newPage(browser);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await program.close();
});

const list = () => page.getByRole('grid', { name: 'Shipments' });
const steps = () => page.getByRole('group', { name: 'In the list' });
const shipment = (number: number) => page.getByRole('heading', { level: 1, name: String(number), exact: true });
const current = () => list().locator('tr.current a').first().innerText();

async function open(path: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(program.at(path));
  await list().getByRole('row').filter({ hasText: 'T-' }).first().waitFor();
  await list().focus();
}

/** Opens the page of the current row by its link. */
async function openCurrent(): Promise<void> {
  await list().locator('tr.current a').first().click();
  await steps().waitFor();
}

describe('the way through a list on the page of a shipment', () => {
  it('goes on and back by J and K, in the order of the list', async () => {
    await open('/shipments?sort=number');
    await page.getByText(`${many} shipments`).waitFor();
    await openCurrent();
    await shipment(1).waitFor();
    await steps().getByText(`1 of ${many}`, { exact: true }).waitFor();
    expect(await steps().getByRole('button', { name: 'Previous, K' }).isDisabled()).toBe(true);
    await press(page, 'k');
    await press(page, 'j');
    await shipment(2).waitFor();
    await press(page, 'j');
    await shipment(3).waitFor();
    await steps().getByText(`3 of ${many}`, { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Documents' }).waitFor();
    expect(await axe(page)).toEqual([]);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((to) => document.documentElement.setAttribute('data-theme', to), theme);
      await page.screenshot({ path: join(pictures, `trail-${theme}.png`) });
    }
    await steps().getByRole('button', { name: 'Previous, K' }).click();
    await shipment(2).waitFor();
  });

  it('leads back to the list with its filters and order, at the shipment looked at last', async () => {
    const back = page.getByRole('link', { name: 'Shipments' }).and(page.locator('header a'));
    expect(await back.getAttribute('href')).toBe('#/shipments?sort=number');
    await back.click();
    await expect.poll(current).toBe('2');
    expect(page.url()).toContain('#/shipments?sort=number');
  });

  it('keeps to what the list was narrowed to', async () => {
    const { items } = await program.go.Shipments.List(
      { ...everything, search: 'hillside', sort: { by: 'number', ascending: true } },
      { limit: 2, cursor: '' },
    );
    await open('/shipments?sort=number&q=hillside');
    await page.getByText('105 shipments').waitFor();
    await openCurrent();
    await shipment(items[0]!.number).waitFor(); // they were made ten at a time: which is first is chance
    await press(page, 'j');
    await shipment(items[1]!.number).waitFor();
    await steps().getByText('2 of 105', { exact: true }).waitFor();
  });

  it('goes on past what the list had fetched, and the list comes back there', async () => {
    await open('/shipments?sort=number');
    await press(page, 'End');
    await expect.poll(current).toBe('200');
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await openCurrent();
    await shipment(200).waitFor();
    await press(page, 'j');
    await shipment(201).waitFor();
    await steps().getByText(`201 of ${many}`, { exact: true }).waitFor();
    for (let n = 202; n <= many; n++) {
      await press(page, 'j');
      await shipment(n).waitFor();
    }
    expect(await steps().getByRole('button', { name: 'Next, J' }).isDisabled()).toBe(true);
    await page.goBack();
    await shipment(many - 1).waitFor();
    await page.locator('header a', { hasText: 'Shipments' }).click();
    await expect.poll(current).toBe(String(many - 1));
    const row = list().locator('tr.current');
    const [box, frame] = [(await row.boundingBox())!, (await list().locator('xpath=..').boundingBox())!];
    expect(box.y).toBeGreaterThan(frame.y);
    expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
  });

  it('shows what has changed meanwhile once the list is back', async () => {
    await open('/shipments?sort=number');
    const first = await current();
    await openCurrent();
    await shipment(Number(first)).waitFor();
    await page.getByRole('region', { name: 'Documents' }).waitFor();
    const { items } = await program.go.Shipments.List(
      { ...everything, number: Number(first) },
      { limit: 1, cursor: '' },
    );
    await program.go.Shipments.MarkPacked(items[0]!.id);
    await page.locator('header a', { hasText: 'Shipments' }).click();
    await list().getByRole('row').filter({ hasText: 'T-' }).filter({ hasText: 'Packed' }).first().waitFor();
    await expect.poll(current).toBe(first);
  });

  it('is not there where nobody came from a list', async () => {
    await page.goto('about:blank');
    await page.goto(program.at('/shipments/3'));
    await shipment(3).waitFor();
    await page.getByRole('region', { name: 'Documents' }).waitFor();
    expect(await steps().count()).toBe(0);
    expect(page.problems).toEqual([]);
  });
});
