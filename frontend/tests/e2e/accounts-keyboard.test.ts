import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AccountsBench, nothingFailed } from './accounts';
import { axe, benchScreen, pictures, press, sidewaysScroll } from './harness';

const bench = AccountsBench.use();
const { toast, dialog, question, account } = bench;
const long = 'W'.repeat(50);

/** What has the focus, as it would be read out. */
const focus = () =>
  bench.page.evaluate(() => {
    const on = document.activeElement as HTMLInputElement | null;
    const label = on?.getAttribute('aria-label') ?? on?.labels?.[0]?.textContent?.trim();
    // A panel of tabs can have the focus too; its text is no name.
    return label ?? (on?.matches('a, button') ? (on.textContent?.trim() ?? '') : '');
  });

/** Goes on with Tab until the focus is on what is called so. */
async function tabTo(name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if ((await focus()).startsWith(name)) return;
    await press(bench.page, 'Tab');
  }
  throw new Error(`Tab never comes to ${name}; it is on ${await focus()}.`);
}

it('the keyboard alone leads from a group to an account, its key, a token and an auth', async () => {
  const { page } = bench;
  await bench.go();
  await press(page, 'n');
  await page.getByRole('menu').waitFor();
  await press(page, 'g');
  await dialog('Create API group').waitFor();
  await page.keyboard.type('Keyboard');
  await press(page, 'Enter');
  await toast('Group Keyboard created');
  await dialog('Create API group').waitFor({ state: 'detached' });

  await press(page, 'n');
  await page.getByRole('menu').waitFor();
  await press(page, 'a');
  const form = dialog('Create API account');
  await form.waitFor();
  const key = form.getByRole('textbox', { name: 'Account key' });
  await expect.poll(() => key.inputValue()).toMatch(/^pka_live_/);
  const value = await key.inputValue();
  await page.keyboard.type('keys-only');
  await press(page, 'Tab', 'Enter');
  await page.getByRole('listbox').waitFor();
  await press(page, 'Enter');
  await tabTo('Copy the key');
  await press(page, 'Enter');
  await expect.poll(() => page.evaluate(() => window.runtime!.ClipboardGetText())).toBe(value);
  await press(page, 'Control+s');
  await toast('Account keys-only created, ready for use');
  await form.waitFor({ state: 'detached' });
  const made = await bench.find('keys-only');
  expect(made.group).toBe('Keyboard');

  await tabTo('Keyboard');
  await press(page, 'Enter');
  await account('keys-only').waitFor();
  await tabTo('Keys & Tokens: keys-only');
  await press(page, 'Enter');
  await dialog('Keys & Tokens').getByRole('button', { name: 'Create token' }).waitFor();
  await tabTo('Create token');
  await press(page, 'Enter');
  await dialog('Create token').waitFor();
  await page.keyboard.type('by hand');
  await press(page, 'Control+s');
  await page.getByText('The token is ready.').waitFor();
  await tabTo('Done');
  await press(page, 'Enter');
  await dialog('Create token').waitFor({ state: 'detached' });
  await bench.close('Keys & Tokens');
  await expect.poll(focus).toContain('Keys & Tokens: keys-only');

  await tabTo('Register a new auth for keys-only');
  await press(page, 'Enter');
  const register = dialog('Register a new auth');
  await register.getByText('Sample Parcels', { exact: true }).waitFor();
  await expect.poll(focus).toBe('Find a courier');
  await page.keyboard.type('sample');
  await press(page, 'Tab', 'Tab', 'Space');
  await register.getByRole('textbox', { name: 'Client ID' }).waitFor();
  for (const [label, text] of [
    ['Client ID', 'shop-1'],
    ['Client secret', 'a secret of the tests'],
    ['Account number', '123456'],
  ] as const) {
    await tabTo(label);
    await page.keyboard.type(text);
  }
  await tabTo('Test connection');
  await press(page, 'Enter');
  await register.getByText('These credentials work').waitFor();
  await press(page, 'Control+s');
  await toast('Auth Sample Parcels, Main saved');
  await register.waitFor({ state: 'detached' });
  await account('keys-only').getByText('1 token · 1 auth · 0 shipments').waitFor();
  await expect.poll(focus).toBe('Register a new auth for keys-only');
});

/** Opens one state of the page; every one waits for what it shows. */
const states: Record<string, () => Promise<void>> = {
  group: () => bench.openGroup(long),
  keys: async () => {
    await bench.openGroup(long);
    await account(long).getByRole('button', { name: 'Keys & Tokens' }).click();
    await dialog('Keys & Tokens')
      .getByText(/The old key still works/)
      .waitFor();
    await dialog('Keys & Tokens').getByText(long, { exact: true }).first().waitFor();
  },
  end: async () => {
    await states.keys!();
    await dialog('Keys & Tokens').getByRole('button', { name: 'End it now' }).click();
    await question('End the old key now?').waitFor();
  },
  auths: async () => {
    await bench.openGroup(long);
    await account(long).getByRole('button', { name: 'View registered auths' }).click();
    await dialog('Registered auths').getByText('Failed').waitFor();
  },
  details: async () => {
    await states.auths!();
    await dialog('Registered auths').getByRole('button', { name: 'Details' }).first().click();
    await dialog('Edit the registered auth').getByRole('group', { name: 'Client secret' }).waitFor();
  },
  refused: async () => {
    await states.details!();
    await dialog('Edit the registered auth').getByRole('button', { name: 'Test connection' }).click();
    await bench.page.getByText('Sample Parcels refused these credentials').waitFor();
  },
  'delete-auth': async () => {
    await states.auths!();
    await dialog('Registered auths')
      .getByRole('button', { name: /^Delete/ })
      .first()
      .click();
    await bench.page.getByText('What uses it').waitFor();
  },
  'delete-group': async () => {
    await bench.go();
    await bench.page.getByRole('button', { name: `Actions for ${long}` }).click();
    await bench.page.getByRole('menuitem', { name: 'Delete' }).click();
    await question(`Delete the group ${long}?`).getByRole('button', { name: 'Move and delete' }).click();
    await bench.page.getByText('Choose the group that its accounts move to.').waitFor();
  },
  'delete-account': async () => {
    await bench.openGroup(long);
    await bench.choose(long, 'Delete');
    await question(`Delete ${long}?`).waitFor();
  },
  search: async () => {
    await bench.go('/accounts?q=www');
    await account(long).waitFor();
  },
};

describe('with names of 50 characters', () => {
  it('has them everywhere', async () => {
    const { go } = bench.program;
    const account_id = await bench.make(long, await bench.group(long));
    const token = { account_id, scopes: [], expires_ms: 0, testing: true, value: '' };
    await go.Accounts.CreateToken({ ...token, name: long });
    await go.Accounts.RegenerateKey(account_id, 1);
    const made = await go.Auths.Register({
      account_id,
      courier: 'SampleParcels',
      company: long,
      testing: true,
      tracking_only: true,
      fields: { client_id: 'shop-1', client_secret: 'refused-secret', webhook_secret: long, account_number: '123456' },
    });
    await go.Auths.Test(made.id);
  });

  it.each(Object.entries(states))('%s: axe finds nothing, and nothing scrolls sideways', async (name, open) => {
    for (const [screen, size] of [
      ['100', benchScreen],
      ['200', { width: 683, height: 384 }],
    ] as const) {
      await bench.page.setViewportSize(size);
      await open();
      for (const theme of ['light', 'dark']) {
        await bench.page.evaluate((to) => document.documentElement.setAttribute('data-theme', to), theme);
        await bench.page.screenshot({ path: join(pictures, `accounts-${name}-${screen}-${theme}.png`) });
        expect(await axe(bench.page), `${screen} ${theme}`).toEqual([]);
        expect(await sidewaysScroll(bench.page), `${screen} ${theme}`).toBe(0);
      }
    }
  });
});

nothingFailed(bench);
