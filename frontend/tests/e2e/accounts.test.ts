import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, newPage, press } from './harness';
import { startProgram, type Program } from './program';
import { sampleOrder, seed, type Seeded } from './seed';

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

const toast = (text: string) => page.getByText(text, { exact: true }).waitFor();
const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
const question = (name: string) => page.getByRole('alertdialog', { name, exact: true });
const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
/** The row of an account in the open list. */
const account = (name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

async function openGroup(name: string): Promise<void> {
  await page.goto(program.at('/accounts'));
  await page.getByRole('link', { name }).click();
  await page.getByRole('region', { name }).waitFor();
}

async function choose(of: string, action: string): Promise<void> {
  await account(of).getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Closes what is on top, and waits until it is gone. */
async function close(name: string): Promise<void> {
  await press(page, 'Escape');
  await dialog(name).waitFor({ state: 'detached' });
}

describe('groups and accounts', () => {
  it('are made by keys alone, and the focus goes back each time', async () => {
    await page.goto(program.at('/accounts'));
    await page.getByRole('link', { name: 'Web shops' }).waitFor();
    await press(page, 'n');
    await page.getByRole('menu').waitFor();
    await press(page, 'g');
    await dialog('Create API group').waitFor();
    await page.keyboard.type('Market places');
    await press(page, 'Enter');
    await toast('Group Market places created');
    await dialog('Create API group').waitFor({ state: 'detached' });
    await expect.poll(focused).toContain('Create');

    await press(page, 'n');
    await page.getByRole('menu').waitFor();
    await press(page, 'a');
    const form = dialog('Create API account');
    await form.waitFor();
    const key = form.getByRole('textbox', { name: 'Account key' });
    await expect.poll(() => key.inputValue()).toMatch(/^\S{16,}$/);
    await page.keyboard.type('market-east');
    await press(page, 'Tab', 'Enter', 'Enter');
    await expect
      .poll(() => form.getByRole('combobox', { name: 'Group' }).innerText())
      .toMatch(/Market places|Web shops/);
    await press(page, 'Control+s');
    await toast('Account market-east created, ready for use');
    const made = (await program.go.Accounts.List({ group_id: '', search: 'market-east' }))[0]!;
    expect(made.group).toBe('Market places');
  });

  it('can be made one after the other', async () => {
    for (const name of ['market-west', 'market-north']) {
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('menuitem', { name: 'Create API account' }).click();
      const form = dialog('Create API account');
      await form.getByRole('textbox', { name: /^Name/ }).fill(name);
      await form.getByRole('combobox', { name: 'Group' }).click();
      await page.getByRole('option', { name: 'Market places' }).click();
      const key = form.getByRole('textbox', { name: 'Account key' });
      const offered = await key.inputValue();
      await form.getByRole('button', { name: 'Generate another' }).click();
      await expect.poll(() => key.inputValue()).not.toBe(offered);
      const taken = await key.inputValue();
      await form.getByRole('button', { name: 'Save changes' }).click();
      await toast(`Account ${name} created, ready for use`);
      await form.waitFor({ state: 'detached' });
      const [made] = await program.go.Accounts.List({ group_id: '', search: name });
      expect(await program.go.Accounts.RevealKey(made!.id)).toBe(taken);
    }
  });

  it('say at the field what is wrong', async () => {
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('menuitem', { name: 'Create API account' }).click();
    const form = dialog('Create API account');
    const name = form.getByRole('textbox', { name: /^Name/ });
    await name.fill('market-west');
    await form.getByRole('combobox', { name: 'Group' }).click();
    await page.getByRole('option', { name: 'Market places' }).click();
    await form.getByRole('button', { name: 'Save changes' }).click();
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
    await close('Create API account');
  });
});

describe('keys and tokens', () => {
  const keys = () => dialog('Keys & Tokens');

  it('makes, reveals and deletes a token', async () => {
    await openGroup('Web shops');
    await account('web-shop-north').getByRole('button', { name: 'Keys & Tokens' }).click();
    await keys().getByRole('button', { name: 'Create token' }).click();
    const form = dialog('Create token');
    await form.getByRole('textbox', { name: /^Name/ }).fill('order-system');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText('The token is ready.').waitFor();
    const value = await form.getByText(/^pkt_live_/).innerText();
    expect(value).toMatch(/^pkt_live_[0-9A-Za-z]{49}$/);
    await form.getByRole('button', { name: 'Done' }).click();
    await form.waitFor({ state: 'detached' });

    const row = keys().getByRole('row').filter({ hasText: 'order-system' });
    expect(await row.innerText()).not.toContain(value);
    await row.getByRole('button', { name: 'Reveal order-system' }).click();
    await row.getByText(value, { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Hide order-system' }).click();
    await row.getByText(value, { exact: true }).waitFor({ state: 'detached' });

    await row.getByRole('button', { name: 'Delete order-system' }).click();
    await question('Delete the token order-system?').getByRole('button', { name: 'Delete the token' }).click();
    await toast('Token order-system deleted');
    await keys().getByText('No token yet.').waitFor();
  });

  it('re-generates the key, keeps the old one for a while and ends it', async () => {
    const before = await program.go.Accounts.RevealKey(seeded.account.id);
    await keys().getByRole('button', { name: 'Re-generate…' }).click();
    const ask = question('Re-generate the account key?');
    await ask.getByRole('radio', { name: '1 hour' }).click();
    await ask.getByRole('button', { name: 'Make a new key' }).click();
    await ask.waitFor({ state: 'detached' });
    await keys()
      .getByText(/The old key still works, .* left/)
      .waitFor();
    await keys().getByRole('button', { name: 'Reveal account key' }).click();
    const now = await program.go.Accounts.RevealKey(seeded.account.id);
    await keys().getByText(now, { exact: true }).waitFor();
    expect(now).not.toBe(before);
    expect((await signedIn(before)).status).toBe(200);

    await keys().getByRole('button', { name: 'End it now' }).click();
    await toast('The old key no longer works.');
    await keys()
      .getByText(/The old key still works/)
      .waitFor({ state: 'detached' });
    expect((await signedIn(before)).status).toBe(401);
    expect((await signedIn(now)).status).toBe(200);
  });

  it('resets the key only once its name was typed', async () => {
    const before = await program.go.Accounts.RevealKey(seeded.account.id);
    await keys().getByRole('button', { name: 'Reset…' }).click();
    const ask = question('Reset the account key?');
    const does = ask.getByRole('button', { name: 'Reset the key' });
    expect(await does.isDisabled()).toBe(true);
    await ask.getByRole('textbox', { name: 'Type web-shop-north to confirm' }).fill('web-shop');
    expect(await does.isDisabled()).toBe(true);
    await ask.getByRole('textbox').fill('web-shop-north');
    await does.click();
    await toast('The key was reset. The old one no longer works.');
    expect((await signedIn(before)).status).toBe(401);
    await close('Keys & Tokens');
    // The same dialog opens again after it was closed.
    await account('web-shop-north').getByRole('button', { name: 'Keys & Tokens' }).click();
    await keys().getByRole('button', { name: 'Re-generate…' }).waitFor();
    await close('Keys & Tokens');
  });
});

/** Asks the HTTP API for something any key may read. */
async function signedIn(key: string): Promise<Response> {
  const { api_url } = await program.go.System.State();
  return fetch(`${api_url}/api/couriers/v1/list-couriers`, { headers: { Authorization: `Bearer ${key}` } });
}

describe('registered auths', () => {
  const register = () => dialog('Register a new auth');
  const auths = () => dialog('Registered auths');

  it('registers one, and refuses the same company at its field', async () => {
    await page.getByRole('button', { name: 'Register a new auth for web-shop-north' }).click();
    await register().getByText('Own fleet').first().waitFor();
    const company = register().getByRole('textbox', { name: /^Company/ });
    await company.fill('two_names');
    await register().getByRole('button', { name: 'Save changes' }).click();
    await register().getByText('The company can’t hold an underscore').waitFor();
    await company.fill('Main');
    await register().getByRole('button', { name: 'Save changes' }).click();
    await register().getByText('with the company “Main” already').waitFor();
    expect(await company.getAttribute('aria-invalid')).toBe('true');
    expect(await company.evaluate((field) => field === document.activeElement)).toBe(true);
    await company.fill('Night van');
    await register().getByRole('button', { name: 'Save changes' }).click();
    await toast('Auth Own fleet, Night van saved');
    await register().waitFor({ state: 'detached' });
    await account('web-shop-north').getByText('2 auths').waitFor();
  });

  it('lists, tests and deletes it', async () => {
    await account('web-shop-north').getByRole('button', { name: 'View registered auths' }).click();
    const row = auths().getByRole('row').filter({ hasText: 'Night van' });
    await row.getByText('Not tested').waitFor();
    await row.getByRole('button', { name: 'Test connection' }).click();
    await toast('Own fleet, Night van: these credentials work');
    await row.getByText('Works').waitFor();
    await row.getByRole('button', { name: 'Delete Own fleet, Night van' }).click();
    await question('Delete Own fleet, Night van?').getByRole('button', { name: 'Delete the auth' }).click();
    await toast('Auth Own fleet, Night van deleted');
    await row.waitFor({ state: 'detached' });
    await close('Registered auths');
  });
});

describe('an account', () => {
  it('that is disabled is refused at once, and works again once it is enabled', async () => {
    const { value } = await program.go.Accounts.CreateToken({
      account_id: seeded.account.id,
      name: 'checker',
      scopes: ['ship', 'track', 'auths'],
      testing: false,
      expires_ms: 0,
      value: '',
    });
    const { api_url } = await program.go.System.State();
    const buy = async (reference: string) =>
      fetch(`${api_url}/api/couriers/v1/OwnFleet/create-label`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'api-user': 'web-shop-north', 'api-token': value },
        body: await sampleOrder(program, { reference }),
      });
    expect((await buy('BEFORE')).status).toBe(200);

    await choose('web-shop-north', 'Disable');
    await question('Disable web-shop-north?').getByRole('button', { name: 'Disable the account' }).click();
    await toast('web-shop-north is disabled');
    await account('web-shop-north').getByText('Disabled').waitFor();
    expect((await buy('WHILE')).status).toBe(403);

    await choose('web-shop-north', 'Enable');
    await toast('web-shop-north is active again');
    expect((await buy('AFTER')).status).toBe(200);
  });

  it('moves to another group, and back with Z', async () => {
    await choose('web-shop-north', 'Move to another group');
    const move = dialog('Move web-shop-north');
    await move.getByRole('combobox', { name: 'Move to' }).click();
    await page.getByRole('option', { name: 'Market places' }).click();
    await move.getByRole('button', { name: 'Move', exact: true }).click();
    await toast('web-shop-north moved to Market places');
    await account('web-shop-north').waitFor({ state: 'detached' });
    await press(page, 'z');
    await account('web-shop-north').waitFor();
  });

  it('is deleted by typing its name', async () => {
    await openGroup('Market places');
    await choose('market-north', 'Delete');
    const ask = question('Delete market-north?');
    const does = ask.getByRole('button', { name: 'Delete the account' });
    expect(await does.isDisabled()).toBe(true);
    await ask.getByRole('textbox', { name: 'Type market-north to confirm' }).fill('market-north');
    await does.click();
    await toast('Account market-north deleted');
    await account('market-north').waitFor({ state: 'detached' });
  });
});

describe('a group', () => {
  it('that holds accounts is deleted once they have somewhere to go', async () => {
    await page.getByRole('button', { name: 'Actions for Market places' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const ask = question('Delete the group Market places?');
    await ask.getByText('It still holds 2 accounts.').waitFor();
    await ask.getByRole('button', { name: 'Move and delete' }).click();
    await ask.getByRole('alert').last().getByRole('button', { name: 'Copy details' }).waitFor();
    await ask.getByRole('combobox', { name: 'Move to' }).click();
    await page.getByRole('option', { name: 'Web shops' }).click();
    await ask.getByRole('button', { name: 'Move and delete' }).click();
    await toast('Group Market places deleted');
    await page.getByRole('link', { name: 'Market places' }).waitFor({ state: 'detached' });
    const left = await program.go.Accounts.List({ group_id: seeded.group.id, search: '' });
    expect(left.map((a) => a.name)).toEqual(['market-east', 'market-west', 'web-shop-north']);
  });
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
