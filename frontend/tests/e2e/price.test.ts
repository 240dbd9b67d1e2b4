import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram(['-sample-prices']);
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

/** Opens the form on an order as a draft for the courier that tells prices; one kilogram in all. */
async function open(reference: string, postcode = 'BS8 1AA') {
  const ship_to = { postcode, country_iso: 'GB', country: undefined };
  const order = JSON.parse(await sampleOrder(program, { reference, ship_to })) as { shipment: object };
  const shipment = {
    ...order.shipment,
    dc_service_id: 'SP-STANDARD',
    courier: {},
    parcels: [{ weight: '1', weight_unit: 'kg', items: [{ description: 'Mug', quantity: '1', value: '8' }] }],
  };
  const draft = await program.go.Drafts.Save({
    id: '',
    account_id: seeded.account.id,
    order: JSON.stringify({ ...order, courier: 'SampleParcels', shipment }),
    source: 'window',
    version: 0,
  } as unknown as Parameters<Program['go']['Drafts']['Save']>[0]);
  await page.goto('about:blank');
  await page.goto(program.at(`/shipments/new?draft=${draft.id}`));
  await page.getByRole('radio', { name: /Standard/ }).waitFor();
}

const who = () => page.getByRole('region', { name: 'Bought with', exact: true });
const weight = () => page.getByRole('textbox', { name: /^Weight(?! of one)/ });
const service = (name: RegExp) => who().getByRole('radio', { name });
/** The courier’s own field that names a service. */
const own = () => who().getByRole('textbox', { name: /^Service/ });
const dialog = () => page.getByRole('dialog', { name: 'Prices of Sample Parcels' });
const header = () => page.locator('header').first();

describe('the price of a label', () => {
  it('is asked for when typing rests, and again when the order changes', async () => {
    await open('PRICE-1');
    await who().getByText('5.20 GBP, 2 days', { exact: true }).waitFor();
    await header().getByText('5.20 GBP', { exact: true }).waitFor();
    await weight().fill('2');
    await who().getByText('6.20 GBP, 2 days', { exact: true }).waitFor();
    await page.keyboard.press('Alt+2');
    await who().getByText('11.50 GBP, 1 day', { exact: true }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
      expect(await axe(page), theme).toEqual([]);
      await page.screenshot({ path: join(pictures, `price-${theme}.png`) });
    }
    expect((await program.go.Shipments.Count(everything)).count).toBe(0);
  });

  it('is silent while the order is not complete, and for a courier that tells none', async () => {
    await open('PRICE-2');
    await who().getByText('5.20 GBP, 2 days', { exact: true }).waitFor();
    await weight().fill('');
    await who().getByText('5.20 GBP', { exact: false }).waitFor({ state: 'detached' });
    expect(await who().getByText('No price').count()).toBe(0);
    await weight().fill('1');
    await who().getByText('5.20 GBP, 2 days', { exact: true }).waitFor();
  });

  it('says in the courier’s words why there is none, and asks again', async () => {
    await open('PRICE-3', 'JE2 3AB');
    await who().getByText('No price: Sample Parcels says: “No service to this postcode.”').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'price-refused.png') });
    await who().getByRole('button', { name: 'Ask again' }).click();
    await who().getByText('No service to this postcode').waitFor();
  });

  it('does not wait for an answer about an order that has changed', async () => {
    await open('PRICE-4', 'HS1 2AA');
    await who().getByText('Asking Sample Parcels for the price…').waitFor();
    await page.getByRole('textbox', { name: /^Postcode/ }).fill('BS8 1AA');
    await who().getByText('5.20 GBP, 2 days', { exact: true }).waitFor();
  });
});

describe('comparing prices', () => {
  it('takes another service by keyboard alone', async () => {
    await open('PRICE-5');
    await who().getByText('5.20 GBP, 2 days', { exact: true }).waitFor();
    await page.keyboard.press('Alt+p');
    await dialog()
      .getByRole('radio', { name: /Economy by rail/ })
      .waitFor();
    const rows = await dialog().getByRole('radio').allInnerTexts();
    expect(rows.map((row) => row.split('\n')[0])).toEqual(['Economy by rail', 'Standard', 'Express']);
    expect(
      await dialog()
        .getByRole('radio', { name: /Standard/ })
        .isChecked(),
    ).toBe(true);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'price-compare.png') });
    await dialog()
      .getByRole('radio', { name: /Standard/ })
      .focus();
    await press(page, 'ArrowUp', 'Control+s');
    await dialog().waitFor({ state: 'detached' });
    expect(await service(/Any service/).isChecked()).toBe(true);
    expect(await own().inputValue()).toBe('ECO-7');
    await who().getByText('4.10 GBP, 5 days', { exact: true }).waitFor();

    await page.keyboard.press('Alt+p');
    await dialog()
      .getByRole('radio', { name: /Express/ })
      .click();
    await dialog().getByRole('button', { name: 'Use this service' }).click();
    await who().getByText('10.50 GBP, 1 day', { exact: true }).waitFor();
    expect(await service(/Express/).isChecked()).toBe(true);
    expect(await own().inputValue()).toBe('');
    expect(page.problems).toEqual([]);
  });
});
