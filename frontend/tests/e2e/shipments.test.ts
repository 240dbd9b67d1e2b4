import { existsSync, readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, newPage, press } from './harness';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, ship, type Seeded } from './seed';

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

const list = () => page.getByRole('grid', { name: 'Shipments' });
const row = (text: string | RegExp) => list().getByRole('row').filter({ hasText: text });
const find = () => page.getByRole('searchbox', { name: 'Number, reference, name' });
const panel = (number: number) => page.getByRole('complementary', { name: `Shipment ${number}` });
const open = (path: string) => page.goto(program.at(path));

/** What a button saves, once it is there. */
async function saved(name: string, act: () => Promise<void>): Promise<string> {
  const path = await program.saveAs(name);
  await act();
  await page.getByText(`Saved to ${path}`).waitFor();
  expect(existsSync(path)).toBe(true);
  return readFileSync(path, 'latin1');
}

async function described(field: Locator): Promise<string> {
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  return page.locator(`[id="${ids}"]`).innerText();
}

describe('a new shipment', () => {
  it('is made with the sample order, and gives label, slip and invoice', async () => {
    await open('/shipments');
    await page.getByText('No shipments yet').waitFor();
    await page.getByRole('button', { name: 'New shipment' }).first().click();
    await expect.poll(() => page.getByRole('combobox', { name: 'Auth' }).innerText()).toContain('Own fleet, Main');
    await page.getByRole('button', { name: 'Fill with a sample order' }).click();
    const reference = page.getByRole('textbox', { name: /^Reference/ });
    await expect.poll(() => reference.inputValue()).toBe('SAMPLE-1001');
    await page.getByRole('button', { name: 'Create label' }).click();

    const made = page.getByRole('dialog', { name: 'Label made: shipment 1' });
    await made.waitFor();
    expect(await saved('label.pdf', () => press(page, 'l'))).toMatch(/^%PDF-/);
    const slip = made.getByRole('button', { name: 'Packing slip' });
    expect(await saved('slip.pdf', () => slip.click())).toMatch(/^%PDF-/);
    const invoice = made.getByRole('button', { name: 'Commercial invoice' });
    expect(await saved('invoice.pdf', () => invoice.click())).toMatch(/^%PDF-/);
    await made.getByRole('button', { name: 'Next shipment' }).click();
    await made.waitFor({ state: 'detached' });
    await expect.poll(() => reference.inputValue()).toBe('');
  });

  it('says beside each field what the program refuses, and goes to the first', async () => {
    await open('/shipments/new');
    await page.getByRole('button', { name: 'Fill with a sample order' }).click();
    const to = page.getByRole('region', { name: 'To', exact: true });
    const name = to.getByRole('combobox', { name: /^Name/ });
    await expect.poll(() => name.inputValue()).toBe('Receiving Desk');
    await name.fill('');
    await to.getByRole('textbox', { name: /^Postcode/ }).fill('');
    const weight = page.getByRole('textbox', { name: /^Weight(?! of one)/ });
    await weight.fill('2 bags');
    await page.getByRole('button', { name: 'Create label' }).click();

    const postcode = to.getByRole('textbox', { name: /^Postcode/ });
    await expect.poll(() => postcode.getAttribute('aria-invalid')).toBe('true');
    expect(await described(postcode)).toBe('Postcode is required for an address in Ireland.');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    expect(await described(name)).toBe('Name is required.');
    await expect.poll(() => weight.getAttribute('aria-invalid')).toBe('true');
    expect(await described(weight)).toMatch(/2 bags/);
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);

    await name.fill('Goods In');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBeNull();
    expect((await program.go.Shipments.Count(everything)).count).toBe(1);
  });

  it('is not made without an account to buy with', async () => {
    const lone = await program.go.Accounts.Create({
      group_id: seeded.group.id,
      group_name: '',
      name: 'returns-desk',
      key: '',
      default_sender: {},
    });
    await open('/shipments');
    await page.getByRole('button', { name: 'New shipment' }).first().click();
    await page.getByRole('button', { name: 'Create label' }).click();
    const account = page.getByRole('combobox', { name: 'Account' });
    await expect.poll(() => account.getAttribute('aria-invalid')).toBe('true');
    expect(await described(account)).toBe('Choose the API account that ships.');
    expect(await account.evaluate((field) => field === document.activeElement)).toBe(true);
    await program.go.Accounts.Delete(lone.account.id, 'returns-desk');
  });
});

describe('the list', () => {
  it('finds by reference, and says when nothing fits', async () => {
    await ship(program, seeded, { reference: 'WEB-2002', ship_to: { company_name: 'Lantern Books' } });
    await open('/shipments');
    await row('Lantern Books').waitFor();
    expect(await list().getAttribute('aria-rowcount')).toBe('3');
    await find().fill('SAMPLE-1001');
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe('2');
    await row('Hillside Clinic').waitFor();
    await find().fill('zzzz-nothing');
    await page.getByText('Nothing fits these filters').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe('3');
    expect(await find().inputValue()).toBe('');
  });

  it('shows what an order system makes, at once', async () => {
    await open('/shipments');
    await row('WEB-2002').waitFor();
    const { value } = await program.go.Accounts.CreateToken({
      account_id: seeded.account.id,
      name: 'order-system',
      scopes: ['ship'],
      testing: false,
      expires_ms: 0,
      value: '',
    });
    const { api_url } = await program.go.System.State();
    const answer = await fetch(`${api_url}/api/couriers/v1/OwnFleet/create-label`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'api-user': seeded.account.name, 'api-token': value },
      body: await sampleOrder(program, { reference: 'API-3003' }),
    });
    expect(answer.status).toBe(200);
    await row('API-3003').waitFor();
    await page.getByRole('tab', { name: /^All/ }).filter({ hasText: '3' }).waitFor();
  });

  it('opens a shipment by keys, downloads its label with L, and closes it with Esc', async () => {
    await open('/shipments');
    await row('API-3003').waitFor();
    await press(page, 'j', 'Enter');
    await panel(3).waitFor();
    expect(await saved('by-key.pdf', () => press(page, 'l'))).toMatch(/^%PDF-/);
    await row('API-3003').getByText('The label was taken out').waitFor({ state: 'attached' });
    await press(page, 'Escape');
    await panel(3).waitFor({ state: 'detached' });
  });
});

describe('the panel', () => {
  it('gives the label as ZPL', async () => {
    await open('/shipments');
    await row('SAMPLE-1001').getByText('Hillside Clinic').click();
    await panel(1).getByRole('button', { name: 'Other formats' }).click();
    const zpl = page.getByRole('menuitem', { name: 'ZPL for 203 dpi printers' });
    expect(await saved('label.zpl', () => zpl.click())).toMatch(/^\^XA/);
  });

  it('takes no cancelling after a scan, and says why', async () => {
    const cancel = panel(1).getByRole('button', { name: 'Cancel shipment' });
    expect(await cancel.isEnabled()).toBe(true);
    await panel(1).getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Add a scan' }).click();
    const scan = page.getByRole('dialog', { name: 'Add a scan to 1' });
    await scan.getByRole('combobox', { name: 'What happened' }).click();
    await page.getByRole('option', { name: 'Collected', exact: true }).click();
    await scan.getByRole('textbox', { name: /^Where/ }).fill('Loading bay');
    await scan.getByRole('button', { name: 'Add the scan' }).click();
    await page.getByText('Scan added: Collected').waitFor();
    await panel(1).getByText('It can\'t be cancelled any more: its status is "Collected".').waitFor();
    expect(await cancel.isDisabled()).toBe(true);
    await row('SAMPLE-1001').getByText('Collected').waitFor();
    await panel(1).getByText('Loading bay').waitFor();
  });

  it('cancels, and every other view says so', async () => {
    const other = await page.context().newPage();
    await other.goto(program.at('/shipments/2'));
    await other.getByRole('button', { name: 'Cancel shipment' }).waitFor();

    await page.bringToFront();
    await open('/shipments');
    await row('WEB-2002').getByText('Lantern Books').click();
    await panel(2).getByRole('button', { name: 'Cancel shipment' }).click();
    const question = page.getByRole('alertdialog', { name: 'Cancel shipment 2?' });
    await question.getByRole('button', { name: 'Keep it' }).click();
    await question.waitFor({ state: 'detached' });
    await panel(2).getByRole('button', { name: 'Cancel shipment' }).click();
    await question.getByRole('button', { name: 'Cancel shipment' }).click();
    await page.getByText('Shipment 2 is cancelled').waitFor();
    await row('WEB-2002').getByText('Cancelled', { exact: true }).waitFor();
    await panel(2).getByText('It has been cancelled already.').waitFor();
    expect(await panel(2).getByRole('button', { name: 'Download label' }).isDisabled()).toBe(true);

    await other.getByText('It has been cancelled already.').waitFor();
    expect(await other.getByRole('button', { name: 'Cancel shipment' }).isDisabled()).toBe(true);
    await other.close();
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
