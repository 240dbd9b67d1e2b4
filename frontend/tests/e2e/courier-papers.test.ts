import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };
let number: number;

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
  const order = JSON.parse(await sampleOrder(program, { reference: 'SELL-PAPERS' })) as { shipment: object };
  const shipment = { ...order.shipment, dc_service_id: 'SP-STANDARD', courier: { depot: 'BRS' } };
  await program.go.Shipments.Create(
    seeded.account.id,
    JSON.stringify({ ...order, courier: 'SampleParcels', shipment }),
  );
  number = (await program.go.Shipments.List(everything, { limit: 1, cursor: '' })).items[0]!.number;
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const save = (name: string) => page.getByRole('button', { name, exact: true });

describe('papers that a courier made', () => {
  it('stand on the shipment’s page beside its own, and say what could not be had', async () => {
    await page.goto(program.at(`/shipments/${number}`));
    await page.getByText('Courier’s invoice, PDF', { exact: true }).waitFor();
    await page.getByText('Customs form, PDF', { exact: true }).waitFor();
    await page.getByText('Customs form, PDF, no. 2', { exact: true }).waitFor();
    const names = await page.getByText(/^(Courier’s invoice|Customs form), PDF/).allInnerTexts();
    expect(names).toEqual(['Courier’s invoice, PDF', 'Customs form, PDF', 'Customs form, PDF, no. 2']);
    await page.getByText("the courier's receipt could not be fetched").first().waitFor();
    expect(await page.getByText('Waybill').count()).toBe(0);
    expect(await sidewaysScroll(page)).toBe(0);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
      expect(await axe(page), theme).toEqual([]);
      await page.screenshot({ path: join(pictures, `courier-papers-${theme}.png`), fullPage: true });
    }
  });

  it('are saved as they came, and the timeline says which', async () => {
    const path = await program.saveAs('second.pdf');
    await save('Save Customs form, PDF, no. 2').click();
    await expect.poll(() => readFile(path, 'latin1').catch(() => '')).toMatch(/^%PDF-1\.4 second CN23 of /);
    await page.getByText('Courier’s paper taken out').first().waitFor();
    await page.getByText('customs form, pdf 2').first().waitFor();
  });

  it('ask for the printer of invoices', async () => {
    await page.getByRole('button', { name: 'Send Customs form, PDF, no. 2 to its printer', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText("No printer is chosen for the courier's papers.").first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(page.problems).toEqual([]);
  });
});
