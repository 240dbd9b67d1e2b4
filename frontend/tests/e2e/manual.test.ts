import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { preset } from '../../wailsjs/go/models';
import { launch, newPage, press } from './harness';
import { heaviest, manual, picture } from './manual';
import { startProgram, type Program } from './program';
import { seed, ship, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram(['-sample-courier']);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
const question = () => page.getByRole('alertdialog');
const inRow = (name: string, button: string) =>
  page.getByRole('row').filter({ hasText: name }).getByRole('button', { name: button });

async function go(path: string, title: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(program.at(path));
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

async function openGroup(): Promise<void> {
  await go('/accounts', 'API accounts');
  await page.getByRole('link', { name: 'Web shops' }).click();
  await page.getByRole('region', { name: 'Web shops' }).getByText('web-shop-south', { exact: true }).waitFor();
}

async function choose(within: Locator, label: string | RegExp, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Opens a dialog of an account, from its row or its menu. */
async function ofAccount(name: string, button: string, item?: string): Promise<void> {
  await openGroup();
  await inRow(name, button).click();
  if (item) await page.getByRole('menuitem', { name: item }).click();
}

describe('first run', () => {
  it('asks where parcels leave from, then who ships', async () => {
    await go('/first-run', 'Print your first label');
    await page.getByLabel('Sender', { exact: true }).fill('North Dock Supplies');
    await page.getByLabel('Address', { exact: true }).fill('1 Sample Quay');
    await page.getByLabel('City').fill('Bristol');
    await page.getByLabel('Postcode').fill('BS1 5AH');
    await page.getByLabel('Name of this bench').fill('Bench 1');
    await picture(page, 'first-run');
    await press(page, 'Enter');
    await page.getByText('Parcels leave from North Dock Supplies').waitFor();
    await picture(page, 'first-run-account');
  });
});

/** The business of the pictures: two groups, four accounts, one of them with all that an account can have. */
async function business(): Promise<void> {
  seeded = await seed(program);
  const { go: call } = program;
  const markets = await call.Accounts.CreateGroup('Market places');
  for (const [group_id, name] of [
    [seeded.group.id, 'web-shop-south'],
    [markets.id, 'market-east'],
    [markets.id, 'market-west'],
  ] as const)
    await call.Accounts.Create({ group_id, group_name: '', name, key: '', default_sender: {} });
  const token = { account_id: seeded.account.id, scopes: [], expires_ms: 0, testing: false, value: '' };
  await call.Accounts.CreateToken({ ...token, name: 'order-system' });
  await call.Accounts.CreateToken({ ...token, name: 'warehouse-scanner', scopes: ['track'], testing: true });
  const auth = { account_id: seeded.account.id, courier: 'OwnFleet', tracking_only: false, fields: {} };
  await call.Auths.Register({ ...auth, company: 'Night van', testing: true });
  await call.Auths.Test(seeded.auth.id);
  await ship(program, seeded, { reference: 'WEB-2001', ship_to: { company_name: 'Hillside Clinic' } });
  await call.Presets.Create({
    account_id: seeded.account.id,
    courier: 'OwnFleet',
    service_code: 'OF-NEXTDAY',
    code: 'NORTH-NEXT',
    name: 'Next day in Britain',
    options: {},
    rules: { weight_max_g: 15_000, countries: ['GB'] },
  } as unknown as preset.Preset);
}

describe('accounts', () => {
  beforeAll(business);

  it('groups and their accounts', async () => {
    await openGroup();
    await picture(page, 'accounts');
    await inRow('web-shop-north', 'Actions').click();
    await page.getByRole('menu').waitFor();
    await picture(page, 'account-actions');
  });

  it('a group', async () => {
    await go('/accounts', 'API accounts');
    await press(page, 'n');
    await page.getByRole('menu').waitFor();
    await picture(page, 'create-menu');
    await press(page, 'g');
    await dialog('Create API group').getByRole('textbox', { name: /^Name/ }).fill('Returns and counter');
    await picture(page, 'create-group');
  });

  it('deleting a group that holds accounts', async () => {
    await go('/accounts', 'API accounts');
    await page.getByRole('button', { name: 'Actions for Market places' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('It still holds 2 accounts.').waitFor();
    await picture(page, 'delete-group');
  });

  it('an account', async () => {
    await openGroup();
    await press(page, 'n');
    await page.getByRole('menu').waitFor();
    await press(page, 'a');
    const form = dialog('Create API account');
    await form.getByRole('textbox', { name: /^Name/ }).fill('web-shop-west');
    await expect.poll(() => form.getByRole('textbox', { name: 'Account key' }).inputValue()).toMatch(/^\S{16,}$/);
    await picture(page, 'create-account');
  });

  it('editing, moving, disabling and deleting one', async () => {
    await ofAccount('web-shop-south', 'Actions', 'Edit');
    await dialog('Edit API account').waitFor();
    await picture(page, 'edit-account');
    await ofAccount('web-shop-south', 'Actions', 'Move');
    await page.getByRole('dialog', { name: 'Move web-shop-south' }).waitFor();
    await picture(page, 'move-account');
    await ofAccount('web-shop-south', 'Actions', 'Disable');
    await question().waitFor();
    await picture(page, 'disable-account');
    await ofAccount('web-shop-south', 'Actions', 'Delete');
    await question().waitFor();
    await picture(page, 'delete-account');
  });

  it('the search over all of them', async () => {
    await go('/accounts', 'API accounts');
    await page.getByRole('searchbox', { name: 'Find a group or an account' }).fill('market');
    await page.getByText('2 accounts found').waitFor();
    await picture(page, 'find-account');
  });

  it('an account’s shipments', async () => {
    await go('/shipments', 'Shipments');
    await page
      .getByRole('row')
      .filter({ hasText: 'WEB-2001' })
      .click({ position: { x: 200, y: 10 } });
    await page.getByRole('complementary').getByText('Parcel info').waitFor();
    await picture(page, 'shipments');
  });
});

describe('keys and tokens', () => {
  const open = () => ofAccount('web-shop-north', 'Keys & Tokens');
  const keys = () => dialog('Keys & Tokens');

  it('both parts', async () => {
    await open();
    await keys().getByText('warehouse-scanner').waitFor();
    await picture(page, 'keys');
  });

  it('a new key, with the old one working on', async () => {
    await keys().getByRole('button', { name: 'Re-generate…' }).click();
    await page.getByRole('alertdialog').or(dialog('Re-generate the account key?')).first().waitFor();
    await picture(page, 'regenerate-key');
    await page.getByRole('button', { name: 'Make a new key' }).click();
    await keys().getByText('The old key still works').waitFor();
    await picture(page, 'old-key');
  });

  it('a reset', async () => {
    await open();
    await keys().getByRole('button', { name: 'Reset…' }).click();
    await question().waitFor();
    await picture(page, 'reset-key');
  });

  it('a token', async () => {
    await open();
    await keys().getByRole('button', { name: 'Create token' }).click();
    await dialog('Create token').getByRole('textbox', { name: /^Name/ }).fill('returns-desk');
    await picture(page, 'create-token');
    await open();
    await keys().getByRole('button', { name: 'Delete warehouse-scanner' }).click();
    await question().waitFor();
    await picture(page, 'delete-token');
  });
});

describe('registered auths', () => {
  it('a new one, tested before it is saved', async () => {
    await ofAccount('web-shop-north', 'Register a new auth');
    const form = dialog('Register a new auth');
    await form.waitFor();
    await picture(page, 'register-auth');
    await form.getByText('Sample Parcels', { exact: true }).click();
    await form.getByRole('textbox', { name: 'Client ID' }).fill('north-dock');
    await form.getByRole('textbox', { name: 'Account number' }).fill('123456');
    await form.getByLabel('Client secret', { exact: true }).fill('0123456789');
    await form.getByRole('button', { name: 'Test connection' }).click();
    await form.getByText('These credentials work').waitFor();
    await picture(page, 'test-connection');
  });

  it('those that there are', async () => {
    await ofAccount('web-shop-north', 'View registered auths');
    const auths = dialog('Registered auths');
    await auths.getByText('Night van', { exact: true }).waitFor();
    await picture(page, 'auths');
    await auths
      .getByRole('row')
      .filter({ hasText: 'Night van' })
      .getByRole('button', { name: /^Delete/ })
      .click();
    await question().waitFor();
    await picture(page, 'delete-auth');
  });
});

describe('couriers and presets', () => {
  const open = async () => {
    await go(`/couriers/OwnFleet?account=${seeded.account.id}`, 'Couriers');
    await page.getByText('Next day in Britain').first().waitFor();
  };

  it('the directory and a courier’s presets', async () => {
    await open();
    await picture(page, 'couriers');
    await go('/couriers/SampleParcels?tab=fields', 'Couriers');
    await page.getByRole('cell', { name: 'In the portal, under My apps.' }).waitFor();
    await picture(page, 'courier-fields');
  });

  it('a new preset, tried before it is saved', async () => {
    await open();
    await press(page, 'n');
    const form = page.getByRole('dialog', { name: 'New preset' });
    await form.getByLabel('Name').fill('Heavy goods');
    await form.getByLabel('Code', { exact: true }).fill('NORTH-HEAVY');
    await choose(form, 'Service', 'Next day');
    await form.getByLabel('Weight up to').fill('20');
    await picture(page, 'new-preset');
    await form.getByLabel('To country').fill('GB');
    await form.getByLabel('To postcode').fill('BS1 4DJ');
    await form.getByLabel('Weight', { exact: true }).fill('24');
    await form.getByRole('button', { name: 'Try the preset' }).click();
    const trial = form.getByRole('region', { name: 'What came of it' });
    await trial.scrollIntoViewIfNeeded();
    await picture(page, 'try-preset');
  });

  it('a shared preset', async () => {
    await open();
    await page.getByRole('button', { name: 'Actions for Next day in Britain' }).click();
    await page.getByRole('menuitem', { name: 'Share…' }).click();
    await page.getByRole('dialog', { name: 'Share Next day in Britain' }).waitFor();
    await picture(page, 'share-preset');
  });
});

describe('audit', () => {
  it('what was done, one line in full, and the check of the whole', async () => {
    await go('/activity?view=audit', 'Activity');
    const row = page.getByRole('row').filter({ hasText: 'Key re-generated' });
    await row.waitFor();
    await picture(page, 'audit', page.getByRole('main'));
    await row.click({ position: { x: 200, y: 10 } });
    await page.getByRole('complementary').waitFor();
    await picture(page, 'audit-entry', page.getByRole('complementary'));
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('The audit is as Packbench wrote it.').waitFor();
    await press(page, 'Escape');
    await picture(page, 'audit-verified', page.getByRole('main'));
  });
});

describe('keys', () => {
  it('the sheet and the palette', async () => {
    await go('/shipments', 'Shipments');
    await page.getByRole('row').filter({ hasText: 'WEB-2001' }).waitFor();
    await press(page, '?');
    await dialog('Keys').waitFor();
    await picture(page, 'all-keys');
    await press(page, 'Escape', 'Control+k');
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('web');
    await page.getByRole('option', { name: /web-shop-north/ }).waitFor();
    await picture(page, 'palette');
  });
});

describe('the pages of the manual', () => {
  const files = () => readdirSync(manual);
  const pages = () => files().filter((name) => name.endsWith('.md'));
  const texts = () => pages().map((name) => readFileSync(join(manual, name), 'utf8'));
  const linked = (pattern: RegExp) => new Set(texts().flatMap((text) => [...text.matchAll(pattern)].map((m) => m[1])));

  it('show every picture, and only pictures that there are', () => {
    const made = files().filter((name) => name.endsWith('.png'));
    expect([...linked(/!\[[^\]]+\]\(([^)]+\.png)\)/g)].sort()).toEqual(made.sort());
  });

  it('lead to every page', () => {
    const others = pages().filter((name) => name !== 'README.md');
    const contents = readFileSync(join(manual, 'README.md'), 'utf8');
    for (const name of others) expect(contents).toContain(`](${name})`);
  });

  it('are light', () => {
    for (const name of files()) expect(statSync(join(manual, name)).size, name).toBeLessThanOrEqual(heaviest);
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
