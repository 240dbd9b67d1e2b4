import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { preset } from '../../wailsjs/go/models';
import { axe, benchScreen, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { seed, ship, type Seeded } from './seed';

/** 1366 × 768 at 200 %. */
const zoomed = { width: 683, height: 384 };

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  await fill(seeded);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const places = [
  { company_name: 'Hillside Clinic' },
  { company_name: 'Lantern Books', name: 'Shop Floor', address_1: '8 Sample Row', city: 'Leeds', postcode: 'LS1 4AP' },
  { company_name: '', name: 'Reception', address_1: '17 Sample Hof', city: 'Berlin', postcode: '10115' },
  { company_name: 'Studio Kiln', name: 'Goods In', address_1: '2 Sample Lane', city: 'Bath', postcode: 'BA1 1AA' },
  {
    company_name: 'Blue Crate Foods',
    name: 'Cold Store',
    address_1: '5 Sample Weg',
    city: 'Utrecht',
    postcode: '3511 AB',
  },
];
const countries = ['IE', 'GB', 'DE', 'GB', 'NL'];

/** Neutral data in every state a screen shows. */
async function fill(first: Seeded): Promise<void> {
  const { go } = program;
  const markets = await go.Accounts.CreateGroup('Market places');
  const desk = await go.Accounts.CreateGroup('Returns and counter');
  for (const [group_id, name] of [
    [markets.id, 'market-east'],
    [markets.id, 'market-west'],
    [first.group.id, 'web-shop-south'],
    [desk.id, 'counter'],
  ] as const)
    await go.Accounts.Create({ group_id, group_name: '', name, key: '', default_sender: {} });
  const south = (await go.Accounts.Briefs()).find((a) => a.name === 'web-shop-south')!;
  await go.Accounts.SetDisabled(south.id, true);
  const token = { account_id: first.account.id, scopes: [], expires_ms: 0, testing: false, value: '' };
  await go.Accounts.CreateToken({ ...token, name: 'order-system' });
  await go.Accounts.CreateToken({ ...token, name: 'warehouse-scanner', scopes: ['track'], testing: true });
  await go.Accounts.RegenerateKey(first.account.id, 24);
  await go.Auths.Register({
    account_id: first.account.id,
    courier: 'OwnFleet',
    company: 'Night van',
    testing: true,
    tracking_only: false,
    fields: {},
  });
  await go.Auths.Test(first.auth.id);
  await go.Presets.Create({
    account_id: first.account.id,
    courier: 'OwnFleet',
    service_code: 'OF-NEXTDAY',
    name: 'Next day for the market places, but not the bulky',
    options: {},
    rules: { weight_max_g: 15_000, countries: ['GB', 'IE', 'DE', 'NL'] },
  } as unknown as preset.Preset);
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) {
    const at = i % places.length;
    const ship_to = { ...places[at]!, country_iso: countries[at]! };
    ids.push((await ship(program, first, { reference: `WEB-${2001 + i}`, ship_to })).id);
  }
  const scan = { id: '', tracking_code: '', at_ms: 0, description: '', location: 'Bristol depot' };
  for (const [i, codes] of [[2], [2, 5, 7], [2, 4], [2, 6]].entries())
    for (const status_code of codes) await go.Shipments.Scan(ids[i]!, { ...scan, status_code });
  await go.Shipments.Cancel(ids[5]!);
  await go.Shipments.MarkPacked(ids[8]!);
  await go.Shipments.Document({ shipment_id: ids[8]!, kind: 'label', format: '', dpi: 0, copies: 1 });
}

const row = (reference: string) => page.getByRole('row').filter({ hasText: reference });
const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
const inNorth = (name: string) =>
  page.getByRole('row').filter({ hasText: 'web-shop-north' }).getByRole('button', { name });

async function go(path: string, title: string): Promise<void> {
  // From nothing: another hash alone would leave open what is open.
  await page.goto('about:blank');
  await page.goto(program.at(path));
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

async function openGroup(): Promise<void> {
  await go('/accounts', 'API accounts');
  await page.getByRole('link', { name: 'Web shops' }).click();
  await page.getByRole('region', { name: 'Web shops' }).waitFor();
}

async function openFromNorth(button: string, opened: string): Promise<void> {
  await openGroup();
  await inNorth(button).click();
  await dialog(opened).waitFor();
}

/** How to come to each screen; every one waits for what it shows. */
const screens: Record<string, () => Promise<void>> = {
  bench: () => go('/bench', 'Bench'),
  rules: () => go('/rules', 'Rules'),
  print: () => go('/print', 'Print queue'),
  couriers: async () => {
    await go('/couriers', 'Couriers');
    await row('Next day for the market places').waitFor();
  },
  activity: () => go('/activity', 'Activity'),
  settings: () => go('/settings', 'Settings'),
  shipments: async () => {
    await go('/shipments', 'Shipments');
    await row('WEB-2012').waitFor();
  },
  panel: async () => {
    await go('/shipments', 'Shipments');
    await row('WEB-2002').click({ position: { x: 200, y: 10 } });
    await page.getByRole('complementary', { name: 'Shipment 2' }).getByText('Parcel info').waitFor();
  },
  'panel-formats': async () => {
    await screens.panel!();
    await page.getByRole('button', { name: 'Other formats' }).click();
    await page.getByRole('menu').waitFor();
  },
  scan: async () => {
    await screens.panel!();
    await page.getByRole('complementary').getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Add a scan' }).click();
    await dialog('Add a scan to 2').waitFor();
  },
  cancel: async () => {
    await go('/shipments/12', '12');
    await page.getByRole('button', { name: 'Cancel shipment' }).click();
    await page.getByRole('alertdialog').waitFor();
  },
  shipment: async () => {
    await go('/shipments/2', '2');
    await page.getByText('Courier’s answer').waitFor();
  },
  'new-shipment': async () => {
    await go(`/shipments/new?account=${seeded.account.id}`, 'New shipment');
    await page.getByRole('button', { name: 'Fill with a sample order' }).click();
    await page.getByRole('region', { name: 'Customs' }).waitFor();
  },
  accounts: openGroup,
  'all-accounts': async () => {
    await go('/accounts?view=all', 'API accounts');
    await page.getByRole('row').filter({ hasText: 'counter' }).waitFor();
  },
  'create-group': async () => {
    await go('/accounts', 'API accounts');
    await press(page, 'n');
    await page.getByRole('menu').waitFor();
    await press(page, 'g');
    await dialog('Create API group').waitFor();
  },
  'create-account': async () => {
    await go('/accounts', 'API accounts');
    await press(page, 'n');
    await page.getByRole('menu').waitFor();
    await press(page, 'a');
    await dialog('Create API account').waitFor();
  },
  keys: async () => {
    await openFromNorth('Keys & Tokens', 'Keys & Tokens');
    await dialog('Keys & Tokens').getByText('warehouse-scanner').waitFor();
  },
  'create-token': async () => {
    await screens.keys!();
    await dialog('Keys & Tokens').getByRole('button', { name: 'Create token' }).click();
    await dialog('Create token').waitFor();
  },
  'reset-key': async () => {
    await screens.keys!();
    await dialog('Keys & Tokens').getByRole('button', { name: 'Reset…' }).click();
    await page.getByRole('alertdialog').waitFor();
  },
  auths: async () => {
    await openFromNorth('View registered auths', 'Registered auths');
    await dialog('Registered auths').getByText('Night van', { exact: true }).waitFor();
  },
  'register-auth': async () => {
    await openFromNorth('Register a new auth', 'Register a new auth');
    await dialog('Register a new auth').getByRole('textbox', { name: /^GS1/ }).waitFor();
  },
  'edit-account': async () => {
    await openGroup();
    await inNorth('Actions').click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog('Edit API account').waitFor();
  },
};

async function wear(theme: string): Promise<void> {
  await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
}

/** As the settings keep it; what is opened next wears it. */
async function setTextSize(fontScale: number): Promise<void> {
  await page.goto(program.at('/bench'));
  await page.evaluate((kept) => localStorage.setItem('packbench.appearance', JSON.stringify(kept)), {
    theme: 'light',
    density: 'regular',
    fontScale,
  });
}

/** Opened once, looked at in every theme: opening costs more than looking. */
describe.each(Object.entries(screens))('%s', (name, open) => {
  it('has no finding of axe in light, dark and contrast', async () => {
    await page.setViewportSize(benchScreen);
    await open();
    for (const theme of ['light', 'dark', 'contrast']) {
      await wear(theme);
      await page.screenshot({ path: join(pictures, `page-${name}-${theme}.png`) });
      expect(await axe(page), theme).toEqual([]);
    }
    await wear('light');
  });
});

describe.each(['shipments', 'panel', 'shipment', 'new-shipment', 'accounts', 'all-accounts', 'keys', 'register-auth'])(
  '%s at 200 %',
  (name) => {
    it('scrolls only downwards, and axe finds nothing', async () => {
      await page.setViewportSize(zoomed);
      await screens[name]!();
      await page.screenshot({ path: join(pictures, `page-${name}-200.png`) });
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await axe(page)).toEqual([]);
    });
  },
);

/** Pages and what opens beside them; dialogs ask the same width and scroll inside. */
const whole = [
  'bench',
  'print',
  'couriers',
  'activity',
  'settings',
  'shipments',
  'panel',
  'shipment',
  'new-shipment',
  'accounts',
  'all-accounts',
];

describe.each([100, 125, 150, 200])('with text at %i %', (scale) => {
  beforeAll(async () => {
    await page.setViewportSize(benchScreen);
    await setTextSize(scale);
  });
  afterAll(() => setTextSize(100));

  it.each(whole)('%s scrolls only downwards', async (name) => {
    await screens[name]!();
    const rem = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    expect(rem).toBe(`${(16 * scale) / 100}px`);
    expect(await sidewaysScroll(page)).toBe(0);
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
