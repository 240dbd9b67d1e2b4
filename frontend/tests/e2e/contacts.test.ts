import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { seed } from './seed';

let program: Program;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  await seed(program);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const everybody = { search: '', kind: '' };
const count = () => program.go.Contacts.Count(everybody);
const book = () => page.getByRole('grid', { name: 'Address book' });
const row = (text: string) => book().getByRole('row').filter({ hasText: text });
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
const find = () => page.getByRole('searchbox', { name: 'Name, company, street' });

async function open(path = '/settings/contacts') {
  await page.goto('about:blank');
  await page.goto(program.at(path));
}

/** A new file that the next file dialog gives. */
async function file(name: string, text: string) {
  writeFileSync(await program.saveAs(name), text);
}

const rows = [
  'Kunde;Firma;Straße;PLZ;Ort;Land;Telefon',
  'Ben Klein;;Weg 3;53111;Bonn;Germany;+49 228 1',
  ';Lager Nord;Kai 2;20457;Hamburg;de;',
  'Eva Groß;;Weg 4;ABC;Bonn;DE;',
];

describe('the address book', () => {
  it('begins empty, and takes its first contact by keyboard', async () => {
    await open('/settings');
    await page.getByRole('link', { name: 'Open the address book' }).click();
    await page.getByText('The address book is empty').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'contacts-empty.png') });
    await press(page, 'n');
    const form = dialog('New contact');
    await form.getByRole('textbox', { name: /^Name/ }).fill('Anna Bauer');
    await form.getByRole('textbox', { name: /^Company/ }).fill('Bauer & Söhne');
    await press(page, 'Control+s');
    const street = form.getByRole('textbox', { name: /^Address(?!,)/ });
    await form.getByText('Address line 1 is required.').waitFor();
    expect(await street.evaluate((element) => element === document.activeElement)).toBe(true);
    await street.fill('Hauptstraße 1');
    await form.getByRole('textbox', { name: /^City/ }).fill('Berlin');
    await form.getByRole('textbox', { name: /^Postcode/ }).fill('10115');
    await form.getByRole('combobox', { name: /^Country/ }).pressSequentially('germ', { delay: 40 });
    await press(page, 'ArrowDown', 'Enter');
    await form.getByText('Germany').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await press(page, 'Control+s');
    await page.getByText('Anna Bauer is in the address book').waitFor();
    await row('Anna Bauer').getByText('Hauptstraße 1, 10115 Berlin, DE').waitFor();
    expect(await count()).toBe(1);
  });

  it('tries a file, lets a cell be put right, and imports it', async () => {
    await file('kunden.csv', `${rows.join('\n')}\n`);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const form = dialog('Import contacts from kunden.csv');
    await form.getByRole('combobox', { name: /^Name/ }).getByText('Kunde').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'contacts-import.png') });
    await form.getByText('Matched by the headings').waitFor();
    await form.getByRole('radio', { name: 'Both' }).click();
    await form.getByRole('button', { name: 'Check all rows' }).click();
    await form.getByText('Nothing is imported yet').waitFor();
    const wrong = form.getByRole('row').filter({ hasText: 'Postcode "ABC" does not fit Germany' });
    await wrong.waitFor();
    await form.getByRole('button', { name: 'Import 2 contacts' }).waitFor();
    expect(await count()).toBe(1);
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((to) => (document.documentElement.dataset.theme = to), theme);
      await page.screenshot({ path: join(pictures, `contacts-tried-${theme}.png`) });
    }
    await form.getByRole('textbox', { name: 'PLZ in row 4' }).fill('53112');
    await press(page, 'Enter');
    await form.getByRole('button', { name: 'Import 3 contacts' }).click();
    await form.getByText('Import finished').waitFor();
    await page.screenshot({ path: join(pictures, 'contacts-imported.png') });
    await form.getByRole('button', { name: 'Done' }).click();
    await row('Eva Groß').getByText('53112').waitFor();
    expect(await count()).toBe(4);
  });

  it('knows what columns held for files with the same headings, and makes nothing twice', async () => {
    await file('kunden.csv', `${rows.slice(0, 3).join('\n')}\n`);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const form = dialog('Import contacts from kunden.csv');
    await form.getByText('Matched as the last time').waitFor();
    expect(await form.getByRole('radio', { name: 'Both' }).isChecked()).toBe(true);
    await form.getByRole('button', { name: 'Check all rows' }).click();
    await form.getByText('Unchanged').waitFor();
    await form.getByRole('button', { name: 'Done' }).click();
    await form.waitFor({ state: 'detached' });
    expect(await count()).toBe(4);
    const [eva] = (await program.go.Contacts.List({ search: 'eva', kind: '' }, { limit: 5, cursor: '' })).items;
    await program.go.Contacts.Delete(eva!.id);
  });

  it('says in a sentence why a file can not be read', async () => {
    await file('offer.csv', '%PDF-1.7\n');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('This is a PDF.').waitFor();
  });

  it('is searched, edited, and gives back what was deleted', async () => {
    await find().fill('10115 bau');
    await expect.poll(() => book().getByRole('row').count()).toBe(2);
    await row('Anna Bauer').getByText('Anna Bauer').click();
    const form = dialog('Edit contact');
    await form.getByRole('textbox', { name: /^Phone/ }).fill('+49 30 123');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Anna Bauer is updated in the address book').waitFor();
    await row('Anna Bauer').getByText('+49 30 123').waitFor();
    await row('Anna Bauer').getByRole('button', { name: 'Delete Anna Bauer' }).click();
    await page.getByText('Nobody fits').waitFor();
    expect(await count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row('Anna Bauer').getByText('+49 30 123').waitFor();
    await find().fill('nobody at all');
    await page.getByText('Nobody fits').waitFor();
    await page.getByRole('button', { name: 'Show all contacts' }).click();
    await row('Ben Klein').waitFor();
  });

  it('is exported so that no cell runs as a formula', async () => {
    const path = await program.saveAs('contacts.csv');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page.getByText(`3 contacts saved to ${path}`).waitFor();
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('Anna Bauer,Bauer & Söhne,Hauptstraße 1');
    expect(text).toContain("'+49 30 123");
  });

  for (const theme of ['light', 'dark'] as const)
    it(`looks clean in ${theme}`, async () => {
      await program.go.Contacts.Save({
        id: '',
        kind: 'both',
        address: {
          name: 'Professor Ottoline Featherstonehaugh-Cholmondeley of the Northern Institute',
          company_name: 'The Very Long Company Name Trading and Forwarding Society of Lower Saxony and Bremen',
          address_1: 'Building 12, Gate 4, Unit 7b, The Old Ropewalk, Harbour Road East',
          city: 'Llanfairpwllgwyngyll',
          postcode: 'LL61 5UJ',
          country_iso: 'GB',
        },
        note: '',
        version: 0,
        created_ms: 0,
        updated_ms: 0,
      });
      await open();
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
      await row('Ottoline').waitFor();
      expect(await axe(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      await page.screenshot({ path: join(pictures, `contacts-${theme}.png`) });
    });
});

describe('a new shipment', () => {
  it('offers contacts while the name is typed, by keyboard', async () => {
    await open('/shipments/new');
    const name = page.getByRole('region', { name: 'To', exact: true }).getByRole('combobox', { name: /^Name/ });
    await name.click();
    await page.keyboard.type('lager', { delay: 40 });
    await page.getByRole('option', { name: /Lager Nord/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'new-shipment-contacts.png') });
    await press(page, 'ArrowDown', 'Enter');
    const to = page.getByRole('region', { name: 'To', exact: true });
    await expect.poll(() => to.getByRole('textbox', { name: /^City/ }).inputValue()).toBe('Hamburg');
    expect(await name.inputValue()).toBe('Lager Nord');
    expect(await to.getByRole('combobox', { name: /^Country/ }).inputValue()).toBe('DE');
  });

  it('keeps a new recipient in the book, and offers it only once', async () => {
    const to = page.getByRole('region', { name: 'To', exact: true });
    await to.getByRole('combobox', { name: /^Name/ }).fill('Carla Neu');
    await press(page, 'Escape');
    await to.getByRole('button', { name: 'Save to address book' }).click();
    await to.getByText('In the address book').waitFor();
    const [carla] = (await program.go.Contacts.List({ search: 'carla', kind: 'recipient' }, { limit: 5, cursor: '' }))
      .items;
    expect(carla?.address.city).toBe('Hamburg');
    await to.getByRole('textbox', { name: /^Phone/ }).fill('+49 40 9');
    await to.getByRole('button', { name: 'Update in address book' }).click();
    await to.getByText('In the address book').waitFor();
    expect((await program.go.Contacts.Count({ search: 'carla', kind: '' })) as number).toBe(1);
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
