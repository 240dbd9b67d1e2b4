import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { account, desktop, preset } from '../../wailsjs/go/models';
import { axe, benchScreen, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { sampleOrder, seed, ship, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let south: account.Brief;
let shipped: desktop.Shipment['row'];
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram(['-sample-courier']);
  seeded = await seed(program);
  const { go } = program;
  await go.Accounts.Create({
    group_id: seeded.group.id,
    group_name: '',
    name: 'web-shop-south',
    key: '',
    default_sender: {},
  });
  south = (await go.Accounts.Briefs()).find((a) => a.name === 'web-shop-south')!;
  await go.Auths.Register({
    account_id: south.id,
    courier: 'OwnFleet',
    company: 'Vans',
    testing: true,
    tracking_only: false,
    fields: {},
  });
  shipped = await ship(program, seeded, { reference: 'COURIERS-1' });
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const ownFleet = () => page.getByRole('region', { name: 'Own fleet', exact: true });
const dialog = (name: string) => page.getByRole('dialog', { name });
const custom = () => page.getByRole('table', { name: 'Custom presets' });
const rowOf = (name: string) => custom().getByRole('row').filter({ hasText: name });

async function open(path = '/couriers/OwnFleet'): Promise<void> {
  await page.goto('about:blank');
  await page.goto(program.at(path));
  await page.getByRole('heading', { level: 1, name: 'Couriers' }).waitFor();
}

async function act(name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function choose(within: Locator, label: string, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Both themes of a state, with a picture each and nothing for axe to find. */
async function looks(name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
    await page.screenshot({ path: join(pictures, `couriers-${name}-${theme}.png`) });
    expect(await axe(page), `${name}, ${theme}`).toEqual([]);
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
}

const copied = () => page.evaluate(() => window.runtime!.ClipboardGetText());

const presets = async (of: account.Brief): Promise<preset.Preset[]> =>
  (await program.go.Presets.List(of.id, 'OwnFleet')).custom;

describe('the directory', () => {
  it('finds couriers by their name, their services and their codes, and says in words what each can do', async () => {
    await open('/couriers');
    const directory = page.getByRole('navigation', { name: 'Couriers' });
    const found = directory.getByRole('listitem');
    expect(await found.count()).toBeGreaterThan(1);
    const search = page.getByRole('searchbox', { name: 'Find a courier or a service' });
    for (const [words, name] of [
      ['sample parc', 'Sample Parcels'],
      ['of-next', 'Own fleet'],
      ['of-collect', 'Own fleet'],
    ] as const) {
      await search.fill(words);
      await expect.poll(() => found.count()).toBe(1);
      await found.getByRole('link', { name }).waitFor();
    }
    expect(await found.getByText('Cancel: yes').count()).toBe(1);
    expect(await found.getByText('Manifest: no').count()).toBe(1);
    await search.fill('nobody');
    await directory.getByText('No courier or service of that name.').waitFor();
    await search.fill('');
    await looks('directory');
  });
});

describe('a courier’s page', () => {
  it('lists its services with codes to copy', async () => {
    await open('/couriers/OwnFleet?tab=services');
    await ownFleet().getByText('Delivered by your own driver on the next working day').waitFor();
    await ownFleet().getByRole('button', { name: 'Copy OF-NEXTDAY' }).click();
    await expect.poll(() => copied()).toBe('OF-NEXTDAY');
    await looks('services');
  });

  it('says what it can do, what it can’t, and where its limits are', async () => {
    await open('/couriers/OwnFleet?tab=limits');
    await page.getByText('Labels can be cancelled here.').waitFor();
    await page.getByText('It gives no end-of-day manifest.').waitFor();
    await open('/couriers/SampleParcels?tab=limits');
    await page.getByText('A purchase whose answer was lost can’t be looked up.').waitFor();
    await page.getByRole('definition').filter({ hasText: '35 characters' }).first().waitFor();
    await looks('limits');
  });

  it('tells where each credential is found', async () => {
    await open('/couriers/SampleParcels?tab=fields');
    await page.getByRole('cell', { name: 'In the portal, under My apps.' }).waitFor();
    await looks('fields');
  });

  it('says what it was checked against until it has sold a real label, and nothing of it for Own fleet', async () => {
    const line = page.getByText('Checked against Sample Parcels API 2.1, not yet against the live service.');
    const buy = async (company: string, testing: boolean) => {
      await program.go.Auths.Register({
        account_id: seeded.account.id,
        courier: 'SampleParcels',
        company,
        testing,
        tracking_only: false,
        fields: { client_id: 'shop-1', client_secret: 'a secret of the tests', account_number: '123456' },
      });
      const order = JSON.parse(await sampleOrder(program, { reference: `SELL-${company}` })) as { shipment: object };
      const shipment = { ...order.shipment, dc_service_id: 'SP-STANDARD', courier: { depot: 'BRS' } };
      const body = { ...order, courier: 'SampleParcels', auth_company: company, testing, shipment };
      const made = await program.go.Shipments.Create(seeded.account.id, JSON.stringify(body));
      expect(made.shipment.row).toMatchObject({ state: 'booked', testing });
    };
    await buy('Trial', true);
    await open('/couriers/SampleParcels');
    await line.waitFor();
    await looks('checked');
    await page.getByRole('button', { name: 'Register an auth' }).click();
    await page.getByRole('menuitem', { name: 'web-shop-south' }).click();
    const form = dialog('Register a new auth');
    await form.getByText('Checked against Sample Parcels API 2.1').waitFor();
    await looks('checked-form');
    await form.getByText('Own fleet', { exact: true }).click();
    await form.getByText('Checked against').waitFor({ state: 'detached' });
    await open('/couriers/SampleParcels');
    await line.waitFor();
    await buy('Real', false);
    await line.waitFor({ state: 'detached' });
    await open('/couriers/OwnFleet');
    await page.getByRole('table', { name: 'System presets' }).waitFor();
    expect(await page.getByText('Checked against').count()).toBe(0);
  });

  it('shows the registered auths of all accounts, TEST apart from LIVE', async () => {
    await open('/couriers/OwnFleet?tab=auths');
    const table = page.getByRole('table', { name: 'Registered auths' });
    await table.getByRole('row').filter({ hasText: 'web-shop-north' }).getByText('LIVE', { exact: true }).waitFor();
    await table.getByRole('row').filter({ hasText: 'web-shop-south' }).getByText('TEST', { exact: true }).waitFor();
    await looks('auths');
  });
});

describe('a preset', () => {
  it('is tried restriction by restriction before it is saved', async () => {
    await open();
    await press(page, 'n');
    const form = dialog('New preset');
    await form.getByLabel('Name').fill('Small to the islands');
    await form.getByLabel('Code', { exact: true }).fill('OF-ISLES');
    await choose(form, 'Service', 'Next day');
    await form.getByLabel('Weight up to').fill('2,5');
    await form.getByRole('button', { name: 'Try the preset' }).click();
    await form.getByText('Give kilograms with at most three digits after the point.').waitFor();
    await form.getByLabel('Weight up to').fill('2.5');
    await form.getByLabel('Longest side up to').fill('40');
    await form.getByLabel('Value up to').fill('250');
    await form.getByLabel('Countries').fill('gb ie xx');
    await form.getByLabel('Only these postcodes').fill('BT, HS, IV');
    await form.getByLabel('Never these postcodes').fill('IV3-, *');
    await form.getByRole('button', { name: 'Try the preset' }).click();
    await form.getByText('"XX" is not a country code of two capitals').waitFor();
    await form.getByText('"*" is not the start of a postcode').waitFor();
    await form.getByLabel('Countries').fill('gb ie');
    await form.getByLabel('Never these postcodes').fill('BT93');
    await form.getByLabel('To country').fill('gb');
    await form.getByLabel('To postcode').fill('BT93 8AD');
    await form.getByLabel('Weight', { exact: true }).fill('2.501');
    await form.getByLabel('Length', { exact: true }).fill('40');
    await form.getByLabel('Width', { exact: true }).fill('20');
    await form.getByLabel('Value of the goods').fill('250');
    await form.getByRole('button', { name: 'Try the preset' }).click();
    const trial = form.getByRole('region', { name: 'What came of it' });
    await trial.getByText('The order does not fit this preset.').waitFor();
    const lines = await trial.getByRole('listitem').allInnerTexts();
    expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      'Does not fit It takes a weight up to 2.5 kg; this shipment has 2.501 kg.',
      'Does not fit It takes parcels with a longest side up to 40 cm; parcel 1 does not say its own.',
      "Fits It takes goods worth up to 250.00 GBP; this shipment's are worth 250.00 GBP.",
      'Fits It goes to GB, IE; this shipment goes to GB.',
      'Fits It goes to the postcodes BT, HS, IV; this shipment goes to BT93 8AD.',
      'Does not fit It does not go to the postcodes BT93; this shipment goes to BT93 8AD.',
    ]);
    await trial.scrollIntoViewIfNeeded();
    await looks('try');
    await form.getByLabel('Weight', { exact: true }).fill('2.5');
    await trial.waitFor({ state: 'detached' });
    await form.getByLabel('Height', { exact: true }).fill('20');
    await form.getByLabel('To postcode').fill('BT1 1AA');
    await form.getByRole('button', { name: 'Try the preset' }).click();
    await trial.getByText('The order fits this preset.').waitFor();
  });

  it('is tried on an existing shipment, by its number', async () => {
    const form = dialog('New preset');
    await form.getByRole('radio', { name: 'An existing shipment' }).click();
    await form.getByLabel('Shipment number').fill('99999');
    await form.getByRole('button', { name: 'Try the preset' }).click();
    await form.getByText('There is no shipment of that number.').first().waitFor();
    await form.getByLabel('Shipment number').fill(String(shipped.number));
    await form.getByRole('button', { name: 'Try the preset' }).click();
    await form.getByText('this shipment goes to T12 AB34').first().waitFor();
    expect(await presets(seeded.account)).toEqual([]);
  });

  it('is saved, shown in words, and its code can be copied', async () => {
    await press(page, 'Control+s');
    await dialog('New preset').waitFor({ state: 'detached' });
    const row = rowOf('Small to the islands');
    const words =
      'up to 2.50 kg, any side up to 40 cm, worth up to 250.00 GBP, GB, IE, postcodes BT, HS, IV, not to BT93';
    await row.getByText(words, { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Copy OF-ISLES' }).click();
    await expect.poll(() => copied()).toBe('OF-ISLES');
    await looks('presets');
  });

  it('refuses the order that breaks it, in the words of its trial', async () => {
    const order = (await sampleOrder(program, { reference: 'COURIERS-2' })).replace('OF-NEXTDAY', 'OF-ISLES');
    const refused = program.go.Shipments.Check(seeded.account.id, order);
    await expect(refused).rejects.toThrow(
      'The preset OF-ISLES goes to the postcodes BT, HS, IV; this shipment goes to T12 AB34.',
    );
    await expect(refused).rejects.toThrow('"path":"shipment.dc_service_id"');
  });

  it('is edited from what is kept, and refused a code that is taken', async () => {
    await act('Small to the islands', 'Edit');
    const form = dialog('Edit the preset');
    expect(await form.getByLabel('Weight up to').inputValue()).toBe('2.5');
    expect(await form.getByLabel('Only these postcodes').inputValue()).toBe('BT, HS, IV');
    await form.getByLabel('Code', { exact: true }).fill('of-sameday');
    await press(page, 'Control+s');
    await form.getByText('is taken by the preset “Same day”').first().waitFor();
    await looks('edit-refused');
    await form.getByLabel('Code', { exact: true }).fill('OF-ISLES');
    await form.getByLabel('Weight up to').fill('3');
    await form.getByLabel('Only these postcodes').fill('');
    await form.getByLabel('Height up to').fill('30');
    await press(page, 'Control+s');
    await page.getByText('Preset Small to the islands saved').waitFor();
    await rowOf('Small to the islands').getByText('height up to 30 cm').waitFor();
    const [kept] = await presets(seeded.account);
    expect(kept).toMatchObject({ version: 2, rules: { weight_max_g: 3000, height_max_mm: 300, longest_max_mm: 400 } });
    expect(kept!.rules.postcodes).toBeUndefined();
  });

  it('is duplicated with all it restricts, for an account of choice', async () => {
    await act('Small to the islands', 'Duplicate');
    const form = dialog('New preset');
    expect(await form.getByLabel('Name').inputValue()).toBe('Small to the islands copy');
    expect(await form.getByLabel('Code', { exact: true }).inputValue()).toBe('');
    await form.getByLabel('Code', { exact: true }).fill('OF-ISLES-2');
    await choose(form, 'API account', 'web-shop-south');
    await press(page, 'Control+s');
    await form.waitFor({ state: 'detached' });
    const [copy] = await presets(south);
    expect(copy).toMatchObject({ dc_service_id: 'OF-ISLES-2', rules: { weight_max_g: 3000, countries: ['GB', 'IE'] } });
  });

  it('is shared with another account, which uses it and changes nothing, and taken back', async () => {
    await act('Small to the islands', 'Share…');
    const share = dialog('Share Small to the islands');
    await share.getByRole('checkbox', { name: 'web-shop-south' }).click();
    await looks('share');
    await press(page, 'Control+s');
    await rowOf('Small to the islands').getByText('web-shop-south').waitFor();
    await open(`/couriers/OwnFleet?account=${south.id}`);
    await rowOf('OF-ISLES-2').waitFor();
    const theirs = custom().getByRole('row').filter({ hasText: 'shared by web-shop-north' });
    await theirs.getByRole('button', { name: 'Actions for Small to the islands' }).click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Duplicate']);
    await looks('shared');
    await press(page, 'Escape');
    await open(`/couriers/OwnFleet?account=${seeded.account.id}`);
    await act('Small to the islands', 'Share…');
    await share.getByRole('checkbox', { name: 'web-shop-south' }).click();
    await press(page, 'Control+s');
    await rowOf('Small to the islands').getByText('not shared').waitFor();
    expect((await presets(south)).map((p) => p.dc_service_id)).toEqual(['OF-ISLES-2']);
  });

  it('says who used it before it is deleted', async () => {
    const order = JSON.parse(await sampleOrder(program, { reference: 'COURIERS-3' })) as {
      shipment: { dc_service_id: string };
    };
    order.shipment.dc_service_id = 'OF-ISLES';
    await program.go.Shipments.Create(seeded.account.id, JSON.stringify(order));
    await act('Small to the islands', 'Delete the preset');
    const question = page.getByRole('alertdialog', { name: 'Delete the preset Small to the islands?' });
    await question.getByText('web-shop-north: 1 of its last 1,000 shipments').waitFor();
    await looks('delete');
    await question.getByRole('button', { name: 'Delete the preset' }).click();
    await page.getByText('Preset Small to the islands deleted').waitFor();
    await page.getByText('web-shop-north has no preset of its own for Own fleet.').waitFor();
    expect(await presets(seeded.account)).toEqual([]);
  });

  it('has the courier’s own options, none of them required', async () => {
    await open('/couriers/SampleParcels');
    await press(page, 'n');
    const form = dialog('New preset');
    await form.getByLabel('Name').fill('Signed for');
    await form.getByLabel('Code', { exact: true }).fill('SP-SIGNED');
    await form.getByRole('switch', { name: /Signature on delivery/ }).click();
    await form.getByLabel('Depot').fill('leeds');
    await press(page, 'Control+s');
    await form.getByText('Depot must be three capitals.').first().waitFor();
    await form.getByLabel('Depot').fill('');
    await form.getByLabel('To country').fill('GB');
    await form.getByLabel('Weight', { exact: true }).fill('31');
    await form.getByRole('button', { name: 'Try the preset' }).click();
    await form.getByText('Sample Parcels takes at most 30 kg in one parcel.').waitFor();
    await press(page, 'Control+s');
    await form.waitFor({ state: 'detached' });
    const made = (await program.go.Presets.List(seeded.account.id, 'SampleParcels')).custom;
    expect(made[0]!.options).toEqual({ signature: 'true' });
  });
});

describe('by keyboard alone', () => {
  it('a preset is copied from a system one, tried, saved, shared and deleted', async () => {
    await open();
    await page.getByRole('table', { name: 'System presets' }).waitFor();
    await page.getByRole('button', { name: /^Copy to custom.*Same day$/ }).focus();
    await press(page, 'Enter');
    const form = dialog('New preset');
    await form.waitFor();
    expect(await form.getByLabel('Name').inputValue()).toBe('Same day');
    await press(page, 'Tab');
    await page.keyboard.type('OF-KEYS', { delay: 50 });
    await form.getByLabel('To country').focus();
    await page.keyboard.type('GB', { delay: 50 });
    await press(page, 'Tab', 'Tab');
    await page.keyboard.type('1', { delay: 50 });
    await form.getByRole('button', { name: 'Try the preset' }).focus();
    await press(page, 'Enter');
    await form.getByText('It has no restrictions, so every order does.').waitFor();
    await press(page, 'Control+s');
    await form.waitFor({ state: 'detached' });
    const actions = page.getByRole('button', { name: 'Actions for Same day' });
    await actions.focus();
    await press(page, 'Enter', 'ArrowDown', 'ArrowDown', 'Enter');
    await dialog('Share Same day').getByRole('checkbox').first().focus();
    await press(page, 'Space', 'Control+s');
    await rowOf('OF-KEYS').getByText('web-shop-south').waitFor();
    await actions.focus();
    await press(page, 'Enter', 'End', 'Enter');
    const question = page.getByRole('alertdialog', { name: 'Delete the preset Same day?' });
    await question.getByText('web-shop-south: none of its last 1,000 shipments').waitFor();
    await press(page, 'Escape');
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => actions.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await presets(south)).toHaveLength(2);
  });
});

describe('at 200 %', () => {
  it.each(['/couriers', '/couriers/OwnFleet?tab=limits', '/couriers/OwnFleet?tab=auths'])(
    '%s scrolls only downwards',
    async (path) => {
      await page.setViewportSize({ width: 683, height: 384 });
      await open(path);
      expect(await sidewaysScroll(page)).toBe(0);
      await page.setViewportSize(benchScreen);
    },
  );
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
