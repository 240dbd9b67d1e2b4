import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchScreen, launch, newPage, press } from './harness';
import { picture } from './manual';
import { startProgram, type Program } from './program';
import { sampleOrder, seed, ship, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

const people = [
  { reference: 'WEB-4101', ship_to: { name: 'Ada Sample', company_name: 'Hillside Clinic' } },
  { reference: 'WEB-4102', ship_to: { name: 'Ben Muster', company_name: 'Oak Street Library' } },
  { reference: 'WEB-4103', ship_to: { name: 'Chloé Exemple', company_name: '' } },
  { reference: 'WEB-4104', ship_to: { name: 'Dan Sample', company_name: 'Meadow Lane Nursery' } },
  { reference: 'WEB-4105', ship_to: { name: 'Eva Muster', company_name: 'Zebra Crossing Café' } },
  { reference: 'WEB-4106', ship_to: { name: 'Finn Sample', company_name: 'Harbour Bakery' } },
];

/** A shop with a handful of shipments, of which one was cancelled, one packed, and one nobody knows about. */
async function business(): Promise<void> {
  seeded = await seed(program);
  const { go: call } = program;
  const rows = [];
  for (const person of people) rows.push(await ship(program, seeded, person));
  await call.Shipments.Cancel(rows[1]!.id);
  await call.Shipments.MarkPacked(rows[3]!.id);
  await call.Auths.Register({
    account_id: seeded.account.id,
    courier: 'SampleParcels',
    company: 'Main',
    testing: false,
    tracking_only: false,
    fields: { client_id: 'shop-1', client_secret: 'a secret of the tests', account_number: '123456' },
  });
  const order = JSON.parse(await sampleOrder(program, { reference: 'WEB-4107' })) as { shipment: object };
  const lost = {
    ...order,
    courier: 'SampleParcels',
    shipment: { ...order.shipment, dc_service_id: 'SP-STANDARD', courier: { depot: 'BRS' } },
  };
  await call.Shipments.Create(seeded.account.id, JSON.stringify(lost)).catch(() => undefined);
}

beforeAll(async () => {
  program = await startProgram(['-sample-courier']);
  await business();
  browser = await launch();
  page = await newPage(browser);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await program.close();
});

const main = () => page.getByRole('main');
const list = () => page.getByRole('grid', { name: 'Shipments' });
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
const question = () => page.getByRole('alertdialog');
const to = () => page.getByRole('region', { name: 'To', exact: true });

async function go(path: string, title: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(program.at(path));
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

async function openList(): Promise<void> {
  await go('/shipments', 'Shipments');
  await list().getByRole('row').filter({ hasText: 'WEB-4101' }).waitFor();
}

async function choose(label: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

describe('shipments', () => {
  it('a filter with its counts', async () => {
    await openList();
    await page
      .getByRole('group', { name: 'Filters' })
      .getByRole('button', { name: /^Status/ })
      .click();
    await page.getByRole('group', { name: 'Status' }).getByRole('checkbox', { name: 'Cancelled' }).waitFor();
    await picture(page, 'list-filter', main());
  });

  it('the columns', async () => {
    await openList();
    await page.getByRole('button', { name: 'Columns' }).click();
    await dialog('Columns').waitFor();
    await picture(page, 'list-columns');
  });

  it('a list that is saved as a tab', async () => {
    await go('/shipments?status=booked&printed=no', 'Shipments');
    await page.getByRole('button', { name: 'Save as tab' }).click();
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: /^Name of the tab/ })
      .fill('Booked, to print');
    await picture(page, 'list-save');
  });
});

describe('the page of a shipment', () => {
  it('all of it', async () => {
    await openList();
    await page.getByText('7 shipments').waitFor();
    await list().getByRole('row').filter({ hasText: 'WEB-4104' }).getByRole('link').first().click();
    await page.getByRole('region', { name: 'Documents' }).getByText('Packing slip').waitFor();
    await picture(page, 'shipment', main());
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menu').waitFor();
    await picture(page, 'shipment-actions', page.getByRole('menu'));
  });

  it('redo and duplicate', async () => {
    await go('/shipments/1', '1');
    await page.getByRole('region', { name: 'Documents' }).getByText('Packing slip').waitFor();
    await press(page, 'r');
    await question().waitFor();
    await picture(page, 'shipment-redo');
    await press(page, 'Escape', 'd');
    await question().or(page.getByRole('dialog')).first().waitFor();
    await picture(page, 'shipment-duplicate');
  });
});

describe('a new shipment', () => {
  it('to another country', async () => {
    await go('/shipments/new', 'New shipment');
    await choose('Auth', /Own fleet/);
    await page.getByRole('radio', { name: /Next day/ }).waitFor();
    await to().getByRole('combobox', { name: /^Name/ }).fill('Chloé Exemple');
    await to()
      .getByRole('textbox', { name: /^Address(?!,)/ })
      .fill('2 rue des Exemples');
    await to().getByRole('textbox', { name: /^City/ }).fill('Lyon');
    await to()
      .getByRole('textbox', { name: /^Postcode/ })
      .fill('69001');
    await to()
      .getByRole('combobox', { name: /^Country/ })
      .fill('FR');
    await page.keyboard.press('Alt+2');
    await page.getByRole('textbox', { name: /^Description/ }).fill('Ceramic mug');
    const customs = page.getByRole('region', { name: 'Customs', exact: true });
    await customs.getByText('Ceramic mug: the HS code is missing').waitFor();
    await page.getByText(/^Kept \d\d:\d\d$/).waitFor();
    await page.getByRole('combobox', { name: 'Account' }).focus();
    await page.getByRole('button', { name: 'Fill with a sample order' }).scrollIntoViewIfNeeded();
    await picture(page, 'new-shipment');
    await customs.getByText('Ceramic mug: the HS code is missing').scrollIntoViewIfNeeded();
    await picture(page, 'new-shipment-customs');
  });

  it('that was not finished', async () => {
    await go('/shipments/new', 'New shipment');
    const line = page.getByRole('status').filter({ hasText: 'Kept from' });
    await line.waitFor();
    await page.setViewportSize({ ...benchScreen, height: 400 });
    await picture(page, 'new-shipment-kept', main());
    await page.setViewportSize(benchScreen);
    await line.getByRole('button', { name: 'Go on' }).click();
    await line.waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: /^Reference/ }).fill('WEB-4108');
    await press(page, 'Control+s');
    await page.getByText('Draft saved').waitFor();
    await go('/shipments/drafts', 'Drafts');
    await page.getByRole('row').filter({ hasText: 'WEB-4108' }).waitFor();
    await picture(page, 'drafts', main());
  });
});

describe('the address book', () => {
  it('and a file on its way into it', async () => {
    const lines = [
      'Kunde;Straße;PLZ;Ort;Land;Telefon',
      'Anna Muster;Beispielweg 3;53111;Bonn;Germany;+49 228 1',
      'Lager Nord;Musterkai 2;20457;Hamburg;de;',
      'Eva Beispiel;Musterweg 4;ABC;Bonn;DE;',
    ];
    const file = async () => writeFileSync(await program.saveAs('customers.csv'), `${lines.join('\n')}\n`);
    await go('/settings/contacts', 'Address book');
    await file();
    await page.getByRole('button', { name: 'Import', exact: true }).first().click();
    const form = dialog('Import contacts from customers.csv');
    await form.getByRole('button', { name: 'Check all rows' }).click();
    await form.getByText('Postcode "ABC" does not fit Germany').waitFor();
    await picture(page, 'address-book-import');
    await form.getByRole('button', { name: 'Import 2 contacts' }).click();
    await form.getByText('Import finished').waitFor();
    await form.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row').filter({ hasText: 'Anna Muster' }).waitFor();
    await picture(page, 'address-book', main());
  });
});

describe('document templates', () => {
  it('with a page beside the form', async () => {
    await go('/settings/documents', 'Document templates');
    const sheet = page.getByRole('img', { name: 'Packing slip, page 1 of 1' });
    await sheet.waitFor();
    for (const change of [
      () => page.getByLabel('Last line').fill('northdock.example'),
      () => choose('Language of headings', 'German'),
    ]) {
      const before = await sheet.getAttribute('src');
      await change();
      await expect.poll(() => sheet.getAttribute('src')).not.toBe(before);
    }
    await page.getByText('Page 1 of 1').waitFor();
    await page.getByRole('combobox', { name: 'Template of' }).scrollIntoViewIfNeeded();
    await picture(page, 'document-templates');
  });
});

describe('what needs a look', () => {
  it('and what is known of it', async () => {
    await go('/shipments/needs-look', 'Needs a look');
    await page.getByText('Look in its portal, or ask its support').waitFor();
    await picture(page, 'needs-a-look', main());
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
