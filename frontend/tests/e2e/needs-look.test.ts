import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { shipment } from '../../wailsjs/go/models';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram(['-sample-courier']);
  seeded = await seed(program);
  await program.go.Auths.Register({
    account_id: seeded.account.id,
    courier: 'SampleParcels',
    company: 'Main',
    testing: false,
    tracking_only: false,
    fields: { client_id: 'shop-1', client_secret: 'a secret of the tests', account_number: '123456' },
  });
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

/** An order that the courier of the tests loses: nobody knows what became of it. */
async function lost(reference: string): Promise<shipment.Row> {
  const order = JSON.parse(await sampleOrder(program, { reference })) as { shipment: object };
  const body = {
    ...order,
    courier: 'SampleParcels',
    shipment: { ...order.shipment, dc_service_id: 'SP-STANDARD', courier: { depot: 'BRS' } },
  };
  await program.go.Shipments.Create(seeded.account.id, JSON.stringify(body)).catch(() => undefined);
  const row = (await program.go.Shipments.List(everything, { limit: 1, cursor: '' })).items[0]!;
  expect(row).toMatchObject({ reference, state: 'unknown' });
  return row;
}

const state = async (row: shipment.Row) => (await program.go.Shipments.Get(row.id)).row.state;
const question = (row: shipment.Row) => page.getByRole('region', { name: `Shipment ${row.number}`, exact: true });
const dialog = () => page.getByRole('dialog').or(page.getByRole('alertdialog'));

describe('purchases that need a look', () => {
  it('says so where there are none', async () => {
    await page.goto(program.at('/shipments/needs-look'));
    await page.getByRole('heading', { name: 'Nothing needs a look' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('shows what is known, and a shipment’s page leads here', async () => {
    const row = await lost('LOOK-1');
    await page.goto('about:blank');
    await page.goto(program.at(`/shipments/${row.number}`));
    await page.getByRole('link', { name: 'All that need a look' }).click();
    const one = question(row);
    await one.getByText(row.id).waitFor();
    await one.getByText('Sample Parcels can’t be asked by this program.').waitFor();
    await one.getByText('Look in its portal, or ask its support').waitFor();
    await one.getByText("The courier's answer was not understood").waitFor();
    await one.getByText('Unknown, needs a look', { exact: true }).waitFor();
    expect(await page.getByText('looking it up').count()).toBe(0);
    expect(await sidewaysScroll(page)).toBe(0);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
      expect(await axe(page), theme).toEqual([]);
      await page.screenshot({ path: join(pictures, `needs-look-${theme}.png`) });
    }
  });

  it('takes the tracking number of one that was bought, by keyboard', async () => {
    const row = await lost('LOOK-2');
    await question(row).getByRole('button', { name: 'It was bought…' }).focus();
    await press(page, 'Enter');
    await dialog().getByLabel('Tracking number').waitFor();
    await dialog().getByRole('button', { name: 'It was bought' }).click();
    await dialog().getByText('A tracking number is required').first().waitFor();
    expect(await state(row)).toBe('unknown');
    await dialog().getByLabel('Tracking number').fill('JD0002');
    await page.screenshot({ path: join(pictures, 'needs-look-bought.png') });
    expect(await axe(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'It was bought' }).focus();
    await press(page, 'Enter');
    await page.getByText(`Shipment ${row.number} is booked.`).waitFor();
    await question(row).waitFor({ state: 'detached' });
    const got = await program.go.Shipments.Get(row.id);
    expect(got.row).toMatchObject({ state: 'booked', tracking_codes: ['JD0002'] });
  });

  it('lets one go that was not bought, once its number is typed', async () => {
    const row = await lost('LOOK-3');
    await question(row).getByRole('button', { name: 'It was not bought…' }).click();
    const go = dialog().getByRole('button', { name: 'It was not bought' });
    expect(await go.isDisabled()).toBe(true);
    await page.screenshot({ path: join(pictures, 'needs-look-not-bought.png') });
    await dialog().getByRole('textbox').fill(String(row.number));
    await go.click();
    await question(row).waitFor({ state: 'detached' });
    expect(await state(row)).toBe('not_bought');
    expect(page.problems).toEqual([]);
  });
});
