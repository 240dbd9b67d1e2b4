import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { everything, seed, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  await program.go.Presets.Create({
    account_id: seeded.account.id,
    name: 'Small letters within Great Britain',
    dc_service_id: 'SMALL-GB',
    courier: 'OwnFleet',
    service_code: 'OF-NEXTDAY',
    options: {},
    rules: { weight_max_g: 1000, countries: ['GB'], value_min: {}, value_max: {} },
  } as unknown as Parameters<Program['go']['Presets']['Create']>[0]);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const everyDraft = { account_id: '', source: '', search: '' };
/** Opens the form; what an earlier test typed and did not finish is gone. */
const open = async (path = '/shipments/new') => {
  await page.goto('about:blank');
  await program.go.Drafts.Delete((await program.go.Drafts.Pick({ ...everyDraft, source: 'unfinished' })).ids);
  await page.goto(program.at(path));
  await page.getByRole('radio', { name: /Small letters/ }).waitFor();
};
/** How many drafts there are of it; another page may still be keeping what was typed into it. */
const drafts = async (search: string) => (await program.go.Drafts.Count({ ...everyDraft, search })).count;
const section = (name: string) => page.getByRole('region', { name, exact: true });
const to = () => section('To');
const service = (name: RegExp) => page.getByRole('radio', { name });
const focused = (field: Locator) => field.evaluate((element) => element === document.activeElement);

async function said(field: Locator): Promise<string> {
  const id = (await field.getAttribute('aria-describedby')) ?? '';
  return id ? page.locator(`[id="${id}"]`).innerText() : '';
}

async function fillRecipient(country = 'GB', postcode = 'BS8 1AA') {
  await to().getByRole('combobox', { name: /^Name/ }).fill('Goods In');
  await to()
    .getByRole('textbox', { name: /^Address(?!,)/ })
    .fill('12 Hill Road');
  await to().getByRole('textbox', { name: /^City/ }).fill('Bristol');
  await to()
    .getByRole('textbox', { name: /^Postcode/ })
    .fill(postcode);
  await to()
    .getByRole('combobox', { name: /^Country/ })
    .fill(country);
}

const shipments = async () => (await program.go.Shipments.Count(everything)).count;

describe('services', () => {
  it('are chosen by their numbers, and one that does not fit says why', async () => {
    await open();
    await expect.poll(() => focused(to().getByRole('combobox', { name: /^Name/ }))).toBe(true);
    await page.keyboard.press('Alt+2');
    await expect.poll(() => service(/Same day/).isChecked()).toBe(true);
    await page.getByRole('heading', { name: 'New shipment' }).click();
    await press(page, '1');
    await expect.poll(() => service(/Small letters/).isChecked()).toBe(true);

    await fillRecipient('FR', '75008');
    await page.getByRole('textbox', { name: /^Weight(?! of one)/ }).fill('2');
    const reasons = page.getByText('takes a weight up to 1 kg; this shipment has 2 kg');
    await reasons.waitFor();
    await page.getByText('goes to GB; this shipment goes to FR').waitFor();
    await page.screenshot({ path: join(pictures, 'new-shipment-unfit.png') });
    await page.getByRole('textbox', { name: /^Weight(?! of one)/ }).fill('0.5');
    await reasons.waitFor({ state: 'detached' });
  });
});

describe('what is typed', () => {
  it('is counted together, and complained about in the words of the purchase once it was left', async () => {
    await open();
    await fillRecipient('GB', '75008');
    const postcode = to().getByRole('textbox', { name: /^Postcode/ });
    await expect.poll(() => said(postcode)).toContain('Postcode "75008" does not fit United Kingdom');
    await postcode.fill('BS8 1AA');
    await expect.poll(() => said(postcode)).toBe('');

    const parcels = section('Parcels');
    await parcels.getByRole('textbox', { name: /^Weight(?! of one)/ }).fill('1.5');
    await parcels.getByRole('textbox', { name: /^Description/ }).fill('Ceramic mug');
    await parcels.getByRole('textbox', { name: /^Quantity/ }).fill('3');
    await parcels.getByRole('textbox', { name: /^Value of one/ }).fill('4.50');
    await parcels.getByText('1 parcel, 3 items').waitFor();
    await parcels.getByText('1.50 kg').waitFor();
    await parcels.getByText('13.50 GBP').waitFor();
    await parcels.getByRole('button', { name: 'Duplicate parcel 1' }).click();
    await parcels.getByText('2 parcels, 6 items').waitFor();
    await parcels.getByText('27.00 GBP').waitFor();
    await parcels.getByRole('button', { name: 'Remove parcel 2' }).click();
    await parcels.getByRole('combobox', { name: /^Weights in/ }).click();
    await page.getByRole('option', { name: 'lb' }).click();
    await parcels.getByText(/^0\.68\d? kg$/).waitFor(); // 1.5 lb
  });

  it('comes with a customs part where the lane needs one', async () => {
    await open();
    await fillRecipient('FR', '75008');
    const customs = section('Customs');
    await customs.waitFor();
    await customs.getByText("The exporter's EORI number is missing").waitFor();
    await page.getByRole('textbox', { name: /^Description/ }).fill('Ceramic mug');
    await customs.getByText('Ceramic mug: the HS code is missing').waitFor();
    const hs = page.getByRole('textbox', { name: /^HS code/ });
    await hs.fill('69.12');
    await hs.blur();
    await expect.poll(() => said(hs)).toContain('is not an HS code: 6 to 10 digits');
    await hs.fill('6912.00');
    await customs.getByText('Ceramic mug: the HS code is missing').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: /^Made in/ }).fill('port');
    await press(page, 'ArrowDown', 'Enter');
    await expect.poll(() => page.getByRole('combobox', { name: /^Made in/ }).inputValue()).toBe('PT');

    await to()
      .getByRole('textbox', { name: /^Postcode/ })
      .fill('BT1 5GS');
    await to()
      .getByRole('combobox', { name: /^Country/ })
      .fill('GB');
    await customs.getByText('Goods from Great Britain to Northern Ireland').waitFor();
    await to()
      .getByRole('textbox', { name: /^Postcode/ })
      .fill('BS8 1AA');
    await customs.waitFor({ state: 'detached' });
  });

  it('is kept as a draft with Ctrl+S, opened again, and bought once', async () => {
    await open();
    await fillRecipient();
    await page.getByRole('textbox', { name: /^Reference/ }).fill('DRAFT-1');
    await press(page, 'Control+s');
    await page.getByText('Draft saved').waitFor();
    await page.goto(program.at('/shipments/drafts'));
    const row = page.getByRole('row').filter({ hasText: 'DRAFT-1' });
    await row.getByText(/to put right/).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'drafts.png') });
    await row.getByText('Goods In').click();
    await expect.poll(() => page.getByRole('textbox', { name: /^Reference/ }).inputValue()).toBe('DRAFT-1');
    const before = await shipments();
    const weight = page.getByRole('textbox', { name: /^Weight(?! of one)/ });
    await expect.poll(() => said(weight)).toContain('Weight is required');
    await weight.fill('1');
    await page.keyboard.press('Alt+3');
    await press(page, 'Control+Enter');
    await page.getByRole('dialog', { name: /^Label made/ }).waitFor();
    expect(await shipments()).toBe(before + 1);
    expect(await drafts('DRAFT-1')).toBe(0);
  });

  it('is not lost by leaving the page', async () => {
    await open();
    await to().getByRole('combobox', { name: /^Name/ }).fill('Half typed');
    await page.getByRole('link', { name: 'Shipments' }).first().click();
    await page.getByText('Kept as a draft').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => drafts('Half typed')).toBe(0);
  });
});

it('is made by keyboard alone, from the list to the next one', async () => {
  await page.goto(program.at('/shipments'));
  await page.getByRole('grid', { name: 'Shipments' }).waitFor();
  const before = await shipments();
  await press(page, 'n');
  await service(/Small letters/).waitFor();
  await expect.poll(() => focused(to().getByRole('combobox', { name: /^Name/ }))).toBe(true);
  await page.keyboard.type('Key Board');
  const tabs = async (n: number) => {
    for (let i = 0; i < n; i++) await page.keyboard.press('Tab');
  };
  await tabs(2);
  await page.keyboard.type('1 Typing Street');
  await tabs(2);
  await page.keyboard.type('Leeds');
  await tabs(2);
  await page.keyboard.type('LS1 4DY');
  await tabs(1);
  await page.keyboard.type('united k');
  await press(page, 'ArrowDown', 'Enter');
  await page.keyboard.press('Alt+3');
  await press(page, 'Control+Enter');
  const weight = page.getByRole('textbox', { name: /^Weight(?! of one)/ });
  await expect.poll(() => focused(weight)).toBe(true);
  expect(await said(weight)).toContain('Weight is required');
  await page.keyboard.type('0.75');
  await press(page, 'Control+Enter');
  await page.getByRole('dialog', { name: /^Label made/ }).waitFor();
  expect(await shipments()).toBe(before + 1);
  await press(page, 'Escape');
  await expect.poll(() => focused(to().getByRole('combobox', { name: /^Name/ }))).toBe(true);
  expect(await to().getByRole('combobox', { name: /^Name/ }).inputValue()).toBe('');
});

describe('looks', () => {
  for (const theme of ['light', 'dark'] as const)
    it(`clean and whole in ${theme}`, async () => {
      await open();
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
      await fillRecipient('US', '10001');
      await to()
        .getByRole('combobox', { name: /^Name/ })
        .fill('Professor Ottoline Featherstonehaugh-Cholmondeley of the Northern Institute of Long Names');
      await press(page, 'Control+Enter');
      await section('Customs').waitFor();
      await page.getByRole('heading', { name: 'New shipment' }).click();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `new-shipment-${theme}.png`) });
      await section('Parcels').scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(pictures, `new-shipment-${theme}-parcels.png`) });
      await section('Customs').evaluate((element) => element.scrollIntoView());
      await page.screenshot({ path: join(pictures, `new-shipment-${theme}-customs.png`) });
    });

  it('never scrolls sideways, with text twice as large', async () => {
    await open();
    await fillRecipient('US', '10001');
    await section('Customs').waitFor();
    await page.evaluate(() => {
      document.documentElement.dataset.fontScale = '200';
      document.documentElement.style.setProperty('--font-scale', '2');
    });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.screenshot({ path: join(pictures, 'new-shipment-200.png') });
  });
});

describe('a courier with limits', () => {
  it('counts what is typed against them, and has fields of its own', async () => {
    const before = await shipments();
    await program.go.Auths.Register({
      account_id: seeded.account.id,
      courier: 'RoyalMailClickAndDrop',
      company: 'Post room',
      testing: false,
      tracking_only: false,
      fields: { api_key: 'made-up-key-for-tests-only' },
    });
    await page.goto('about:blank');
    await page.goto(program.at('/shipments/new'));
    const name = to().getByRole('combobox', { name: /^Name/ });
    await name.fill('Ada');
    expect(await to().getByText('3 of 100').count()).toBe(0);
    await page.getByRole('combobox', { name: 'Auth' }).click();
    await page.getByRole('option', { name: 'Royal Mail, Post room' }).click();
    await to().getByText('3 of 100').waitFor();
    await service(/Tracked 24/).waitFor();
    await page.keyboard.press('Alt+2');
    await expect.poll(() => service(/Tracked 48/).isChecked()).toBe(true);
    await page.getByRole('group', { name: 'Service options' }).getByText('Signature on delivery').waitFor();

    await fillRecipient();
    const street = to().getByRole('textbox', { name: /^Address(?!,)/ });
    await street.fill('x'.repeat(101));
    await to().getByText('101 of 100, 1 too many').waitFor();
    await expect.poll(() => said(street)).toContain('101 characters');
    const weight = page.getByRole('textbox', { name: /^Weight(?! of one)/ });
    await weight.fill('31');
    const sentence = 'Weight is 31 kg; Royal Mail takes at most 30 kg in one parcel.';
    await expect.poll(() => said(weight)).toBe(sentence);
    await page.getByRole('heading', { name: 'New shipment' }).click();
    expect(await axe(page)).toEqual([]);
    await page.evaluate(() => document.querySelector('form')?.scrollIntoView());
    await page.screenshot({ path: join(pictures, 'new-shipment-limits.png') });

    // The purchase says the same, word by word, and nothing is sent anywhere.
    await street.fill('12 Hill Road');
    await press(page, 'Control+Enter');
    await expect.poll(() => focused(weight)).toBe(true);
    expect(await said(weight)).toBe(sentence);
    expect(await to().getByRole('textbox', { name: /^City/ }).inputValue()).toBe('Bristol');
    expect(await shipments()).toBe(before);
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
