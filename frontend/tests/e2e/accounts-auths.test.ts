import { describe, expect, it } from 'vitest';
import { AccountsBench, nothingFailed } from './accounts';
import { press } from './harness';

const bench = AccountsBench.use();
const { toast, dialog, question, account } = bench;
const register = () => dialog('Register a new auth');
const edit = () => dialog('Edit the registered auth');
const auths = () => dialog('Registered auths');
const row = (company: string) => auths().getByRole('row').filter({ hasText: company });
const secret = 'a secret of the tests';

async function openRegister(): Promise<void> {
  await account('web-shop-north').getByRole('button', { name: 'Register a new auth for web-shop-north' }).click();
  await register().getByText('Sample Parcels', { exact: true }).waitFor();
}

const sample = async () =>
  (await bench.program.go.Auths.List(bench.seeded.account.id)).find((a) => a.courier === 'SampleParcels')!;

describe('registering an auth', () => {
  it('finds the courier in a searchable list, which says what is registered', async () => {
    await bench.openGroup('Web shops');
    await openRegister();
    await register().getByText('1 auth on this account').waitFor();
    const find = register().getByRole('searchbox', { name: 'Find a courier' });
    await find.fill('nobody');
    await register().getByText('No courier of that name.').waitFor();
    await find.fill('SAMPLE');
    await expect
      .poll(() =>
        register()
          .getByRole('radio', { name: /Own fleet/ })
          .count(),
      )
      .toBe(0);
    await register().getByText('A courier of the tests.').click();
    await register().getByRole('textbox', { name: 'Client ID' }).waitFor();
    expect(await register().getByRole('radio', { name: 'No', exact: true }).getAttribute('aria-checked')).toBe('true');
    expect(await register().getByRole('switch', { name: 'Tracking only' }).getAttribute('aria-checked')).toBe('false');
  });

  it('says where each value is found', async () => {
    await register().getByText('In the portal, under My apps.').waitFor();
    await register().getByRole('button', { name: 'Where do I find these?' }).click();
    await register().getByRole('definition').filter({ hasText: 'Beside the client ID.' }).waitFor();
    await register().getByRole('button', { name: 'Open parcels.example.com' }).waitFor();
    await register().getByRole('button', { name: 'Where do I find these?' }).click();
  });

  it('complains at each field while it is typed in, with the words of the server', async () => {
    const company = register().getByRole('textbox', { name: /^Company/ });
    const number = register().getByRole('textbox', { name: 'Account number' });
    await company.fill('two_names');
    await register().getByText('A company may not hold an underscore').waitFor();
    await number.pressSequentially('12A');
    await register().getByText('Account number must be 6 digits.').waitFor();
    await register().getByRole('button', { name: 'Save changes' }).click();
    await register().getByText('Client ID is required.').waitFor();
    await register().getByText('Client secret is required.').waitFor();
    await company.fill('Main');
    await number.fill('123456');
    await register().getByText('Account number must be 6 digits.').waitFor({ state: 'detached' });
    await register().getByRole('textbox', { name: 'Client ID' }).fill('shop-1');
  });

  it('tests the connection before it saves, with a clear verdict each time', async () => {
    const value = register().getByLabel('Client secret', { exact: true });
    const test = register().getByRole('button', { name: 'Test connection' });
    const answer = register().getByRole('alert');
    await value.fill('nobody-there');
    await test.click();
    await answer.getByText('Sample Parcels could not be asked').waitFor();
    await value.fill('refused-secret');
    await expect.poll(() => answer.count()).toBe(0);
    await test.click();
    await answer.getByText('Sample Parcels refused these credentials').waitFor();
    await answer.getByText('Sample Parcels answered').waitFor();
    await answer.getByText('“The client secret is not ours.”').waitFor();
    await value.fill(secret);
    await test.click();
    const good = register().getByRole('status').filter({ hasText: 'These credentials work' });
    await good.getByText('Client ID and secret were accepted').waitFor();
    await good.getByText('231 ms').waitFor();
    await register()
      .getByText(/^Tested \d\d:\d\d\. Nothing was bought\.$/)
      .waitFor();
    await press(bench.page, 'Control+s');
    await toast('Auth Sample Parcels, Main saved');
    await register().waitFor({ state: 'detached' });
    await account('web-shop-north')
      .getByText(/2 auths/)
      .waitFor();
  });

  it('explains a duplicate, and leads to the one that is there', async () => {
    await openRegister();
    await register().getByText('Sample Parcels', { exact: true }).click();
    const twin = register().getByText('There is a live auth of Sample Parcels with the company Main.');
    await twin.waitFor();
    await register().getByRole('radio', { name: 'Yes' }).click();
    await twin.waitFor({ state: 'detached' });
    await register().getByRole('radio', { name: 'No', exact: true }).click();
    const company = register().getByRole('textbox', { name: /^Company/ });
    await company.fill('MAIN');
    await register().getByRole('textbox', { name: 'Client ID' }).fill('shop-2');
    await register().getByLabel('Client secret', { exact: true }).fill(secret);
    await register().getByRole('textbox', { name: 'Account number' }).fill('654321');
    await register().getByRole('button', { name: 'Save changes' }).click();
    await register().getByText('with the company “Main” already').waitFor();
    expect(await company.evaluate((field) => field === document.activeElement)).toBe(true);
    await register().getByRole('button', { name: 'Open that one' }).click();
    expect(await edit().getByRole('textbox', { name: 'Client ID' }).inputValue()).toBe('shop-1');
    await bench.close('Edit the registered auth');
  });
});

describe('registered auths', () => {
  it('are told apart by courier, company and mode, with their last test', async () => {
    await openRegister();
    await register()
      .getByRole('textbox', { name: /^Company/ })
      .fill('Night van');
    await register().getByRole('radio', { name: 'Yes' }).click();
    await register().getByRole('button', { name: 'Save changes' }).click();
    await toast('Auth Own fleet, Night van saved');
    await register().waitFor({ state: 'detached' });
    await account('web-shop-north').getByRole('button', { name: 'View registered auths' }).click();
    await row('Night van').getByText('TEST', { exact: true }).waitFor();
    await row('Night van').getByText('Not tested').waitFor();
    await row('Sample Parcels').getByText('LIVE', { exact: true }).waitFor();
    await row('Sample Parcels').getByText('Works').waitFor();
    await row('Sample Parcels')
      .getByText(/^Today/)
      .waitFor();
    await row('Night van').getByRole('button', { name: 'Test connection' }).click();
    await toast('Own fleet, Night van: these credentials work');
    await row('Night van').getByText('Works').waitFor();
  });

  it('show their details with masked secrets, which are revealed on request', async () => {
    await row('Sample Parcels').getByRole('button', { name: 'Details' }).click();
    const box = edit().getByRole('group', { name: 'Client secret' });
    await box.getByText(secret.slice(-4)).waitFor();
    expect(await edit().innerText()).not.toContain(secret);
    await box.getByRole('button', { name: 'Reveal Client secret' }).click();
    await box.getByText(secret, { exact: true }).waitFor();
  });

  it('are edited without the old secret; an optional one is set and removed', async () => {
    await edit().getByRole('textbox', { name: 'Client ID' }).fill('shop-9');
    await edit()
      .getByLabel(/^Webhook secret/)
      .fill('calls from the courier');
    await edit().getByRole('button', { name: 'Save changes' }).click();
    await toast('Auth Sample Parcels, Main saved');
    await edit().waitFor({ state: 'detached' });
    const saved = await sample();
    expect(saved.fields).toMatchObject({ client_id: 'shop-9', webhook_secret: '••••rier' });
    expect(await bench.program.go.Auths.Reveal(saved.id, 'client_secret')).toBe(secret);

    await row('Sample Parcels').getByText('Not tested').waitFor();
    await row('Sample Parcels').getByRole('button', { name: 'Details' }).click();
    expect(
      await edit()
        .getByRole('button', { name: /^Remove ?: Client/ })
        .count(),
    ).toBe(0);
    await edit()
      .getByRole('button', { name: /^Remove ?: Webhook/ })
      .click();
    await edit().getByText('Removed when you save.').waitFor();
    await edit()
      .getByRole('button', { name: /^Replace ?: Client/ })
      .click();
    await edit().getByLabel('Client secret', { exact: true }).fill('refused-secret');
    await edit().getByRole('button', { name: 'Save changes' }).click();
    await edit().waitFor({ state: 'detached' });
    expect((await sample()).fields).not.toHaveProperty('webhook_secret');
    await row('Sample Parcels').getByRole('button', { name: 'Test connection' }).click();
    await row('Sample Parcels').getByText('Failed').waitFor();
    await row('Sample Parcels').getByText('The client secret is not ours.').waitFor();
  });

  it('lead to the presets of their courier', async () => {
    await row('Sample Parcels').getByRole('link', { name: 'Presets' }).click();
    await bench.page.getByRole('heading', { name: 'Sample Parcels' }).waitFor();
    expect(bench.page.url()).toContain(`account=${bench.seeded.account.id}`);
  });

  it('are deleted once it was said what uses them', async () => {
    await bench.openGroup('Web shops');
    await account('web-shop-north').getByRole('button', { name: 'View registered auths' }).click();
    await row('Sample Parcels').getByRole('button', { name: 'Delete Sample Parcels, Main' }).click();
    const ask = question('Delete Sample Parcels, Main?');
    await ask.getByText('No preset of this account and no shipment in flight.').waitFor();
    await ask.getByText('It is the account’s last login with this courier to buy with.').waitFor();
    await ask.getByRole('button', { name: 'Delete the auth' }).click();
    await toast('Auth Sample Parcels, Main deleted');
    await row('Sample Parcels').waitFor({ state: 'detached' });
    await row('Night van').getByRole('button', { name: 'Delete Own fleet, Night van' }).click();
    await question('Delete Own fleet, Night van?').getByRole('button', { name: 'Delete the auth' }).click();
    await row('Night van').waitFor({ state: 'detached' });
    await bench.close('Registered auths');
    await account('web-shop-north')
      .getByText(/1 auth ·/)
      .waitFor();
  });

  it('stay while only they can ask for a shipment’s outcome', async () => {
    await bench.sendIntoTheDark(bench.seeded.account.id);
    await account('web-shop-north').getByRole('button', { name: 'View registered auths' }).click();
    await row('Sample Parcels').getByRole('button', { name: 'Delete Sample Parcels, Main' }).click();
    const ask = question('Delete Sample Parcels, Main?');
    await ask.getByRole('link', { name: '1 shipment in flight' }).waitFor();
    await ask.getByRole('button', { name: 'Delete the auth' }).click();
    await ask.getByText("This auth can't be deleted yet").waitFor();
    await press(bench.page, 'Escape');
    await row('Sample Parcels').waitFor();
  });
});

nothingFailed(bench);
