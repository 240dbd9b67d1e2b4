import { describe, expect, it } from 'vitest';
import { AccountsBench, nothingFailed } from './accounts';
import { press } from './harness';

const bench = AccountsBench.use();
const { toast, dialog, question, card, account } = bench;

describe('groups', () => {
  it('are made, renamed and deleted from their cards', async () => {
    await bench.go();
    await bench.page.getByRole('button', { name: 'Create', exact: true }).click();
    await bench.page.getByRole('menuitem', { name: 'Create API group' }).click();
    await dialog('Create API group').getByRole('textbox', { name: /^Name/ }).fill('Market place');
    await press(bench.page, 'Enter');
    await toast('Group Market place created');
    await card('Market place').waitFor();

    await bench.page.getByRole('button', { name: 'Actions for Market place' }).click();
    await bench.page.getByRole('menuitem', { name: 'Rename' }).click();
    const form = dialog('Rename API group');
    const name = form.getByRole('textbox', { name: /^Name/ });
    await name.fill('web SHOPS');
    await press(bench.page, 'Enter');
    await form.getByText('There is an API group with the name “web SHOPS”, or one that looks like it.').waitFor();
    await name.fill('x'.repeat(51));
    await form.getByText("A group's name may have at most 50 characters; this one has 51.").waitFor();
    await name.fill('Market places');
    await press(bench.page, 'Enter');
    await toast('The group is now called Market places');

    await bench.group('Empty');
    await bench.page.getByRole('button', { name: 'Actions for Empty' }).click();
    await bench.page.getByRole('menuitem', { name: 'Delete' }).click();
    await question('Delete the group Empty?').getByText('It holds no accounts').waitFor();
    await question('Delete the group Empty?').getByRole('button', { name: 'Delete the group' }).click();
    await toast('Group Empty deleted');
    await card('Empty').waitFor({ state: 'detached' });
  });

  it('show counts, the disabled ones, last use and seven days of shipments, live', async () => {
    const off = await bench.make('old desk');
    await bench.program.go.Accounts.SetDisabled(off, true);
    await bench.openGroup('Web shops');
    await bench.page.getByRole('region', { name: 'Web shops' }).getByText('2 accounts, 1 disabled').waitFor();
    const quiet = bench.page.getByRole('img', { name: '0 shipments in the last 7 days, 0 of them today' });
    await expect.poll(() => quiet.count()).toBe(2);
    await account('web-shop-north').getByText('0 tokens · 1 auth · 0 shipments').waitFor();
    await account('web-shop-north').getByText('Not yet').waitFor();

    const value = await bench.token('till');
    expect(await bench.buy(value, 'LIVE-1')).toBe(200);
    expect(await bench.buy(value, 'LIVE-2')).toBe(200);
    await account('web-shop-north').getByText('1 token · 1 auth · 2 shipments').waitFor();
    await account('web-shop-north')
      .getByText(/^Today/)
      .waitFor();
    await bench.page.getByRole('img', { name: '2 shipments in the last 7 days, 2 of them today' }).waitFor();
  });

  it('that hold accounts ask where these go, and can make that group in the same step', async () => {
    const from = await bench.group('Seasonal');
    await bench.make('easter', from);
    await bench.make('summer', from);
    await bench.go();
    await bench.page.getByRole('button', { name: 'Actions for Seasonal' }).click();
    await bench.page.getByRole('menuitem', { name: 'Delete' }).click();
    const ask = question('Delete the group Seasonal?');
    await ask.getByText('It still holds 2 accounts.').waitFor();
    await ask.getByRole('button', { name: 'Move and delete' }).click();
    await ask.getByText('Choose the group that its accounts move to.').waitFor();
    await bench.pick(ask, 'Move to', 'A new group');
    await ask.getByRole('textbox', { name: /^Name of the new group/ }).fill('Market Places');
    await ask.getByRole('button', { name: 'Move and delete' }).click();
    await ask.getByText('There is an API group with the name “Market Places”').waitFor();
    await ask.getByRole('textbox').fill('All year');
    await ask.getByRole('button', { name: 'Move and delete' }).click();
    await toast('Group Seasonal deleted');
    await card('All year').click();
    await account('easter').waitFor();
    await account('summer').waitFor();
  });

  it('move their accounts to another group when they are deleted', async () => {
    await bench.page.getByRole('button', { name: 'Actions for All year' }).click();
    await bench.page.getByRole('menuitem', { name: 'Delete' }).click();
    const ask = question('Delete the group All year?');
    await bench.pick(ask, 'Move to', 'Market places');
    await ask.getByRole('button', { name: 'Move and delete' }).click();
    await toast('Group All year deleted');
    const all = await bench.program.go.Accounts.Briefs();
    expect(all.filter((a) => a.group === 'Market places').map((a) => a.name)).toEqual(['easter', 'summer']);
  });

  it('and accounts are found in one search, from either tab', async () => {
    await bench.go();
    await press(bench.page, '/');
    await bench.page.keyboard.type('MARKET');
    await card('Market places').waitFor();
    await card('Web shops').waitFor({ state: 'detached' });
    await account('easter')
      .getByText(/^Market places ·/)
      .waitFor();
    await account('web-shop-north').waitFor({ state: 'detached' });
    await bench.page.getByRole('tab', { name: /^All accounts/ }).click();
    await account('summer').waitFor();
    await bench.page.getByRole('searchbox', { name: 'Find a group or an account' }).fill('nothing like it');
    await bench.page.getByText('No account of that name.').waitFor();
  });
});

describe('an account', () => {
  it('is dragged onto another group, and comes back with Z', async () => {
    await bench.openGroup('Web shops');
    await account('old desk').dragTo(card('Market places'));
    await toast('old desk moved to Market places');
    await account('old desk').waitFor({ state: 'detached' });
    await press(bench.page, 'z');
    await account('old desk').waitFor();
  });

  it('moves by the keyboard', async () => {
    await account('old desk').getByRole('button', { name: 'Actions' }).focus();
    await press(bench.page, 'Enter');
    await bench.page.getByRole('menuitem', { name: 'Move to another group' }).waitFor();
    await press(bench.page, 'm');
    const move = dialog('Move old desk');
    await move.getByRole('combobox', { name: 'Move to' }).focus();
    await press(bench.page, 'Enter');
    await bench.page.getByRole('option', { name: 'Market places' }).waitFor();
    await press(bench.page, 'Enter', 'Control+s');
    await toast('old desk moved to Market places');
    await account('old desk').waitFor({ state: 'detached' });
  });

  it('gets another name, a default sender and strict request ids', async () => {
    await bench.openGroup('Market places');
    await bench.choose('easter', 'Edit');
    const form = dialog('Edit API account');
    const name = form.getByRole('textbox', { name: /^Name \d/ });
    await name.fill('spring:easter');
    await form.getByText("An account's name may not hold a colon").waitFor();
    await name.fill('spring-easter');
    await form.getByRole('switch', { name: 'A request id is used once' }).click();
    for (const [label, text] of [
      [/^Name$/, 'Dispatch Desk'],
      [/^Company/, 'Spring Supplies'],
      [/^Address$/, '1 Sample Quay'],
      [/^City/, 'Bristol'],
      [/^Postcode/, 'BS1 5AH'],
    ] as const)
      await form.getByRole('textbox', { name: label }).fill(text);
    await form.getByRole('combobox', { name: /^Country/ }).fill('GB');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await toast('Account spring-easter saved');
    const saved = await bench.find('spring-easter');
    expect(saved).toMatchObject({ strict_request_ids: true, default_sender: { company_name: 'Spring Supplies' } });
  });

  it('that is disabled is refused from the next request on, and works again once it is enabled', async () => {
    await bench.openGroup('Web shops');
    const value = await bench.token('checker');
    expect(await bench.buy(value, 'BEFORE')).toBe(200);
    await bench.choose('web-shop-north', 'Disable');
    await question('Disable web-shop-north?').getByRole('button', { name: 'Disable the account' }).click();
    await toast('web-shop-north is disabled');
    await account('web-shop-north').getByText('Disabled').waitFor();
    expect(await bench.buy(value, 'WHILE')).toBe(403);
    await bench.choose('web-shop-north', 'Enable');
    await toast('web-shop-north is active again');
    expect(await bench.buy(value, 'AFTER')).toBe(200);
    await account('web-shop-north')
      .getByText(/4 shipments$/)
      .waitFor();
  });

  it('leads to its shipments', async () => {
    await account('web-shop-north').getByRole('button', { name: 'View shipments' }).click();
    await bench.page.getByRole('heading', { level: 1, name: 'Shipments' }).waitFor();
    expect(bench.page.url()).toContain(`account=${bench.seeded.account.id}`);
    await bench.page.getByRole('row').filter({ hasText: 'LIVE-1' }).waitFor();
  });

  it('is deleted by typing its name, which is free again', async () => {
    await bench.openGroup('Market places');
    await bench.choose('summer', 'Delete');
    const ask = question('Delete summer?');
    const does = ask.getByRole('button', { name: 'Delete the account' });
    expect(await does.isDisabled()).toBe(true);
    await ask.getByRole('textbox', { name: 'Type summer to confirm' }).fill('summe');
    expect(await does.isDisabled()).toBe(true);
    await ask.getByRole('textbox').fill('summer');
    await does.click();
    await toast('Account summer deleted');
    await account('summer').waitFor({ state: 'detached' });
    await bench.make('summer');
  });

  it('stays while shipments of it are in flight', async () => {
    await bench.sendIntoTheDark(await bench.make('in flight'));
    await bench.openGroup('Web shops');
    await bench.choose('in flight', 'Delete');
    const ask = question('Delete in flight?');
    await ask.getByRole('textbox').fill('in flight');
    await ask.getByRole('button', { name: 'Delete the account' }).click();
    await ask.getByText("“in flight” can't be deleted yet: 1 shipment in flight").waitFor();
    await press(bench.page, 'Escape');
    await account('in flight').waitFor();
  });
});

it('creating an account offers a key to copy, to make anew or to type, and says what is wrong at each field', async () => {
  await bench.openGroup('Web shops');
  await press(bench.page, 'n');
  await bench.page.getByRole('menu').waitFor();
  await press(bench.page, 'a');
  const form = dialog('Create API account');
  const key = form.getByRole('textbox', { name: 'Account key' });
  await expect.poll(() => key.inputValue()).toMatch(/^pka_live_\w{49}$/);
  const offered = await key.inputValue();
  await form.getByRole('button', { name: 'Copy the key' }).click();
  await expect.poll(() => bench.page.evaluate(() => window.runtime!.ClipboardGetText())).toBe(offered);
  await form.getByRole('button', { name: 'Generate another' }).click();
  await expect.poll(() => key.inputValue()).not.toBe(offered);
  await key.fill('too short');
  await form.getByText('Use printable ASCII characters without spaces only').waitFor();
  await key.fill('short');
  await form.getByText('This has 5 characters and needs at least 16').waitFor();
  await key.fill('typed-by-hand-0001');
  const name = form.getByRole('textbox', { name: /^Name/ });
  await name.fill('WEB-shop-north');
  await form.getByRole('button', { name: 'Save changes' }).click();
  await form.getByText('There is an API account with the name “WEB-shop-north”').waitFor();
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
  await name.fill('typed');
  await form.getByRole('button', { name: 'Save changes' }).click();
  await toast('Account typed created, ready for use');
  await account('typed').waitFor();
  expect(await bench.signIn('typed-by-hand-0001')).toBe(200);
});

nothingFailed(bench);
