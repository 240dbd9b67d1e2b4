import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { shipment } from '../../wailsjs/go/models';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { Listener } from './listener';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, ship, type Seeded } from './seed';

type Row = shipment.Row;

const dock = new Listener();
let program: Program;
let seeded: Seeded;
let token: string;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  await dock.on();
  program = await startProgram(['-sample-courier']);
  seeded = await seed(program);
  const fields = { client_id: 'shop-1', client_secret: 'a secret of the tests', account_number: '123456' };
  await program.go.Auths.Register({
    account_id: seeded.account.id,
    courier: 'SampleParcels',
    company: 'Main',
    testing: false,
    tracking_only: false,
    fields,
  });
  await program.go.Printing.Add({
    id: '',
    kind: 'raw',
    address: dock.address,
    name: 'Dock 4, left',
    formats: ['zpl'],
    dpi: 203,
    version: 0,
    created_ms: 0,
    updated_ms: 0,
  });
  const [printer] = await program.go.Printing.Printers();
  await program.go.Printing.SetDefault({ kind: 'label', format: 'zpl', printer_id: printer!.id });
  token = (
    await program.go.Accounts.CreateToken({
      account_id: seeded.account.id,
      name: 'order-system',
      scopes: ['ship'],
      testing: false,
      expires_ms: 0,
      value: '',
    })
  ).value;
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
  await dock.off();
});

/** Opens the page of a shipment from nothing. */
async function open({ number }: { number: number }): Promise<void> {
  await page.goto('about:blank');
  await page.goto(program.at(`/shipments/${number}`));
  await page.getByRole('heading', { level: 1, name: String(number) }).waitFor();
  await section('Documents').waitFor();
}

const section = (name: string) => page.getByRole('region', { name, exact: true });
const toast = (text: string | RegExp) => page.getByText(text);
const shown = async (row: Row) => (await program.go.Shipments.Get(row.id)).row;
const rows = async () => (await program.go.Shipments.Count(everything)).count;
const newest = async () => (await program.go.Shipments.List(everything, { limit: 1, cursor: '' })).items[0]!;

/** An order of an order system: through the API, so that it stands in the request log. */
async function fromOutside(reference: string): Promise<Row> {
  const { api_url } = await program.go.System.State();
  const answer = await fetch(`${api_url}/api/couriers/v1/OwnFleet/create-label`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'api-user': seeded.account.name, 'api-token': token },
    body: await sampleOrder(program, { reference }),
  });
  expect(answer.status).toBe(200);
  return newest();
}

/** An order to the courier of the tests, which does with it what its reference says. */
async function elsewhere(reference: string): Promise<Row> {
  const order = JSON.parse(await sampleOrder(program, { reference })) as { shipment: object };
  const courier = { depot: 'BRS' };
  const sent = {
    ...order,
    courier: 'SampleParcels',
    shipment: { ...order.shipment, dc_service_id: 'SP-STANDARD', courier },
  };
  await program.go.Shipments.Create(seeded.account.id, JSON.stringify(sent)).catch(() => undefined);
  return newest();
}

describe('the page of a shipment', () => {
  it('shows its request as it came, without a secret, and leads to it in Activity', async () => {
    const row = await fromOutside('PAGE-1');
    await open(row);
    const raw = page.getByRole('textbox', { name: 'Raw text' });
    await expect.poll(() => raw.inputValue()).toContain('"reference": "PAGE-1"');
    expect(await raw.inputValue()).not.toContain(token);
    await page.getByRole('tab', { name: 'Courier’s answer' }).click();
    await page.getByText('Own fleet is your own: no courier was asked').waitFor();
    await page.getByRole('tab', { name: 'Request', exact: true }).click();
    await page.getByRole('link', { name: `Request ${row.dc_request_id} in Activity` }).click();
    await page.getByRole('complementary', { name: `Request ${row.dc_request_id}` }).waitFor();
  });

  it('shows each step with its milliseconds, and what is in the parcels', async () => {
    const row = await ship(program, seeded, { reference: 'PAGE-2' });
    await program.go.Shipments.MarkPacked(row.id);
    await open(row);
    const steps = section('From request to paper');
    const lines = steps.getByRole('listitem');
    expect(await lines.nth(0).innerText()).toMatch(/\d\d:\d\d:\d\d\.\d{3}[\s\S]*Request received/);
    expect(await lines.nth(1).innerText()).toMatch(/Booked[\s\S]*\d+ ms/);
    expect(await lines.nth(2).innerText()).toMatch(/Packed/);
    await steps.getByText(/\d ms from request to answer/).waitFor();
    const parcels = section('Parcel info');
    const { consignment } = await program.go.Shipments.Get(row.id);
    for (const item of consignment.parcels[0]!.items) await parcels.getByText(item.description).waitFor();
    await parcels.getByText(row.tracking_codes[0]!).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-page.png') });
  });

  it('says where there is no such shipment', async () => {
    await page.goto(program.at('/shipments/9999'));
    await page.getByText('There is no such shipment.').waitFor();
  });
});

describe('keys', () => {
  let row: Row;
  beforeAll(async () => {
    row = await ship(program, seeded, { reference: 'KEYS-1' });
    await open(row);
  });

  it('are listed by ?', async () => {
    await press(page, '?');
    const sheet = page.getByRole('dialog');
    for (const verb of [
      'Download label',
      'Print packing slip',
      'Redo',
      'Duplicate',
      'Mark packed',
      'Add a scan',
      'Cancel shipment',
    ])
      await sheet.getByText(verb, { exact: true }).waitFor();
    await press(page, 'Escape');
  });

  it('save the label, mark packed and add a scan', async () => {
    const path = await program.saveAs('label.pdf');
    await press(page, 'l');
    await toast(`Saved to ${path}`).waitFor();
    expect(readFileSync(path, 'latin1')).toMatch(/^%PDF-/);
    await press(page, 'm');
    await page.getByText('Packed', { exact: true }).first().waitFor();
    await press(page, 'a');
    const scan = page.getByRole('dialog', { name: `Add a scan to ${row.number}` });
    await scan.getByRole('textbox', { name: /^Where/ }).fill('Loading bay');
    await press(page, 'Enter');
    await toast('Scan added: Collected').waitFor();
    await section('Tracking').getByText('Loading bay').waitFor();
    await page.getByText('It can\'t be cancelled any more: its status is "Collected".').first().waitFor();
    expect(await page.getByRole('button', { name: 'Cancel shipment' }).isDisabled()).toBe(true);
  });

  it('do nothing that the courier no longer allows', async () => {
    await press(page, 'c', 'r');
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    const redo = page.getByRole('menuitem', { name: /^Redo/ });
    expect(await redo.getAttribute('aria-disabled')).toBe('true');
    expect(await redo.innerText()).toContain('its status is "Collected"');
    expect(await page.getByRole('menuitem', { name: /^Track now/ }).innerText()).toContain('tracked by scans');
    await press(page, 'Escape');
  });
});

describe('documents', () => {
  it('are listed as they are kept, given as they are kept, and made when they are first asked for', async () => {
    const row = await ship(program, seeded, { reference: 'PAPER-1' });
    await open(row);
    const papers = section('Documents');
    await papers.getByText(/Label, PDF, 4x6/).waitFor();
    expect(await papers.getByText('Made when it is first asked for').count()).toBe(2);
    const [kept] = (await program.go.Shipments.Papers(row.id)).documents;
    const path = await program.saveAs('kept.pdf');
    await papers.getByRole('button', { name: /^Save Label/ }).click();
    await toast(`Saved to ${path}`).waitFor();
    expect(readFileSync(path).length).toBe(kept!.size);
    const slip = await program.saveAs('slip.pdf');
    await papers.getByRole('button', { name: 'Save Packing slip' }).click();
    await toast(`Saved to ${slip}`).waitFor();
    await papers.getByText('Packing slip, PDF').waitFor();
    const zpl = await program.saveAs('label.zpl');
    await papers.getByRole('button', { name: 'Other formats' }).click();
    await page.getByRole('menuitem', { name: 'ZPL for 300 dpi printers' }).click();
    await toast(`Saved to ${zpl}`).waitFor();
    expect(readFileSync(zpl, 'latin1')).toMatch(/^\^XA/);
  });

  it('tell how they were printed, each and all of them', async () => {
    const row = await newest();
    await press(page, 'p');
    await toast(`Label of ${row.number}: printed on Dock 4, left`).first().waitFor();
    await section('Documents')
      .getByText(/Dock 4, left, Today/)
      .waitFor();
    await page
      .getByRole('tab', { name: /^Print history/ })
      .filter({ hasText: '1' })
      .click();
    const job = page.getByRole('table', { name: 'Print history' }).getByRole('row').filter({ hasText: 'Dock 4, left' });
    expect(await job.innerText()).toMatch(/Label[\s\S]*ZPL[\s\S]*Printed[\s\S]*Today/);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-documents.png') });
  });
});

describe('cancelling', () => {
  it('is asked for by C, and its label is not given any more', async () => {
    const row = await ship(program, seeded, { reference: 'CANCEL-1' });
    await open(row);
    await page.getByText('Until it is collected').waitFor();
    await press(page, 'c');
    const question = page.getByRole('alertdialog', { name: `Cancel shipment ${row.number}?` });
    expect(await axe(page)).toEqual([]);
    await press(page, 'Escape');
    await question.waitFor({ state: 'detached' });
    expect((await shown(row)).state).toBe('booked');
    await press(page, 'c');
    await question.getByRole('button', { name: 'Cancel shipment' }).click();
    await page.getByText('It has been cancelled already.').first().waitFor();
    for (const name of ['Download label', /^Print label/, /^View Label/, /^Save Label/, 'Other formats'])
      expect(await page.getByRole('button', { name }).first().isDisabled()).toBe(true);
    await press(page, 'l', 'r');
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-cancelled.png') });
  });
});

describe('redo', () => {
  it('cancels, buys the same order again, and links both', async () => {
    const row = await ship(program, seeded, { reference: 'REDO-1' });
    const before = await rows();
    await open(row);
    await press(page, 'r');
    const question = page.getByRole('alertdialog', { name: `Redo shipment ${row.number}?` });
    await question.getByText('Only when that is certain').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-redo.png') });
    await question.getByRole('button', { name: 'Cancel and buy again' }).click();
    const made = row.number + 1;
    await toast(`Shipment ${row.number} is cancelled and bought again as ${made}`).waitFor();
    expect((await shown(row)).state).toBe('cancelled');
    expect(await rows()).toBe(before + 1);
    await page.getByRole('link', { name: `Redone as ${made}` }).click();
    await page.getByRole('heading', { level: 1, name: String(made) }).waitFor();
    await page.getByRole('link', { name: `Redo of ${row.number}` }).waitFor();
    expect((await newest()).reference).toBe('REDO-1');
    expect((await newest()).state).toBe('booked');
  });

  it('that was refused its new label says so, goes on, and can be left', async () => {
    const row = await elsewhere('ONCE-1');
    expect(row.state).toBe('booked');
    await open(row);
    await press(page, 'r');
    await page.getByRole('button', { name: 'Cancel and buy again' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('is cancelled, and its new label was not bought').waitFor();
    await press(page, 'Escape');
    await page.getByText('Cancelled, and not bought again yet.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-redo-due.png') });
    await page.getByRole('button', { name: 'Buy it again' }).click();
    await question.getByText('It is cancelled at Sample Parcels already.').waitFor();
    await press(page, 'Escape');
    await page.getByRole('button', { name: 'Leave it cancelled' }).click();
    await page.getByText('Cancelled, and not bought again yet.').waitFor({ state: 'detached' });
    expect((await program.go.Shipments.Get(row.id)).redo_due).toBe(false);
  });
});

describe('duplicate', () => {
  it('buys a second label only for who types the number, and links both', async () => {
    const row = await elsewhere('SELL-1');
    const before = await rows();
    await open(row);
    await press(page, 'd');
    const question = page.getByRole('alertdialog', { name: `Buy a second label for ${row.number}?` });
    await question.getByText('already has a live label for this order').waitFor();
    await question.getByText('The first cost 12.45 GBP.').waitFor();
    const buy = question.getByRole('button', { name: 'Buy a second label' });
    expect(await buy.isDisabled()).toBe(true);
    await question.getByRole('textbox').fill(String(row.number));
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-duplicate.png') });
    await buy.dblclick();
    await toast(`A second label for ${row.number} is bought: shipment ${row.number + 1}`).waitFor();
    expect(await rows()).toBe(before + 1);
    expect((await shown(row)).state).toBe('booked');
    await page.getByRole('link', { name: `Duplicated as ${row.number + 1}` }).click();
    await page.getByRole('link', { name: `Duplicate of ${row.number}` }).waitFor();
  });

  it('buys once for one wish, however often it is asked', async () => {
    const row = await ship(program, seeded, { reference: 'WISH-1' });
    const before = await rows();
    const [first, second] = await Promise.all(
      ['wish', 'wish'].map((wish) => program.go.Shipments.Duplicate(row.id, row.number, wish)),
    );
    expect(second!.shipment.row.number).toBe(first!.shipment.row.number);
    expect(await rows()).toBe(before + 1);
    await expect(program.go.Shipments.Duplicate(row.id, row.number + 7, 'other')).rejects.toThrow('Type the number');
    expect(await rows()).toBe(before + 1);
  });
});

describe('a new shipment from it', () => {
  it('is filled in by E, and nothing is bought', async () => {
    const row = await ship(program, seeded, { reference: 'AGAIN-1' });
    const before = await rows();
    await open(row);
    await press(page, 'e');
    await page.getByRole('heading', { level: 1, name: 'New shipment' }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: /^Reference/ }).inputValue()).toBe('AGAIN-1');
    expect(await rows()).toBe(before);
  });
});

describe('a courier that can be asked', () => {
  it('is asked by T, and its own answer is shown', async () => {
    const row = await elsewhere('SELL-2');
    await open(row);
    await press(page, 't');
    await section('Tracking').getByText('Sample depot').waitFor();
    await page.getByRole('tab', { name: 'Courier’s answer' }).click();
    const raw = page.getByRole('textbox', { name: 'Raw text' });
    await expect.poll(() => raw.inputValue()).toContain('"price": "12.45"');
  });

  it('that refused is quoted, and there is no label to take', async () => {
    await open(await elsewhere('REFUSE-1'));
    await page.getByText('No service to this postcode').first().waitFor();
    expect(await page.getByRole('button', { name: 'Download label' }).isDisabled()).toBe(true);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-rejected.png') });
  });

  it('that did not answer: nothing is bought twice before it is known', async () => {
    const row = await elsewhere('LOST-1');
    expect(row.state).toBe('unknown');
    await open(row);
    await page.getByText('It is not known whether this was bought.').waitFor();
    await press(page, 'd', 'r');
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'shipment-unknown.png') });
  });

  it('that did not answer: a person who has asked it settles what became of it', async () => {
    const lost = await newest();
    await page.getByRole('button', { name: 'Ask the courier' }).click();
    await toast("Sample Parcels can't be asked what became of a purchase.").waitFor();
    await page.getByRole('button', { name: 'It was bought…' }).click();
    const bought = page.getByRole('dialog', { name: `Shipment ${lost.number} was bought` });
    await press(page, 'Control+s');
    await bought.getByText('A tracking number is required').waitFor();
    await bought.getByRole('textbox', { name: /^Tracking numbers/ }).fill('SP-FOUND-1');
    expect(await axe(page)).toEqual([]);
    await press(page, 'Control+s');
    await toast(`Shipment ${lost.number} is settled: bought`).waitFor();
    expect(await shown(lost)).toMatchObject({ state: 'booked', tracking_codes: ['SP-FOUND-1'] });

    const other = await elsewhere('LOST-2');
    await open(other);
    await page.getByRole('button', { name: 'It was not bought…' }).click();
    const not = page.getByRole('alertdialog', { name: `Was shipment ${other.number} not bought?` });
    await not.getByRole('textbox').fill(String(other.number));
    expect(await axe(page)).toEqual([]);
    await not.getByRole('button', { name: 'Settle as not bought' }).click();
    await toast(`Shipment ${other.number} is settled: not bought`).waitFor();
    expect((await shown(other)).state).toBe('not_bought');
  });

  it('that has cancelled by its own site: marking is by the number, and its label is not given any more', async () => {
    const row = await elsewhere('SELL-3');
    await open(row);
    await press(page, 'u');
    const question = page.getByRole('alertdialog', { name: `Mark ${row.number} as cancelled?` });
    await question.getByRole('textbox').fill(String(row.number));
    expect(await axe(page)).toEqual([]);
    await question.getByRole('button', { name: 'Mark as cancelled' }).click();
    await toast(`Shipment ${row.number} is marked as cancelled`).waitFor();
    expect((await shown(row)).state).toBe('cancelled');
  });
});

describe('every look', () => {
  it.each(['light', 'dark', 'contrast'])('in %s has no finding of axe, and scrolls only downwards', async (theme) => {
    const row = await ship(program, seeded, {
      reference: 'A-reference-as-long-as-they-come-2026/11/22-0001',
      ship_to: {
        company_name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk',
        name: 'Maximiliane Wolfeschlegelsteinhausenberger',
        city: 'Llanfairpwllgwyngyllgogerychwyrndrobwll',
      },
    });
    for (const status_code of [2, 3, 4, 6])
      await program.go.Shipments.Scan(row.id, {
        id: '',
        tracking_code: '',
        at_ms: 0,
        status_code,
        description: 'Said by the driver at the door',
        location: 'Depot beside the old ropeworks, gate 4',
      });
    await open(row);
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    await section('Documents')
      .getByText(/Label, PDF/)
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, `shipment-page-${theme}.png`) });
    await page.setViewportSize({ width: 683, height: 384 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.setViewportSize({ width: 1366, height: 768 });
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
