import { describe, expect, it } from 'vitest';
import { AccountsBench, nothingFailed } from './accounts';
import { press } from './harness';

const bench = AccountsBench.use();
const { toast, dialog, question, account } = bench;
const keys = () => dialog('Keys & Tokens');
const row = (name: string) => keys().getByRole('row').filter({ hasText: name });
const clipboard = () => bench.page.evaluate(() => window.runtime!.ClipboardGetText());
const revealed = () => bench.program.go.Accounts.RevealKey(bench.seeded.account.id);

async function openKeys(): Promise<void> {
  await bench.openGroup('Web shops');
  await account('web-shop-north').getByRole('button', { name: 'Keys & Tokens' }).click();
  await keys().getByRole('button', { name: 'Re-generate…' }).waitFor();
}

describe('the account key', () => {
  it('is masked, hides itself 30 s after it was revealed, and leaves the clipboard after 30 s', async () => {
    await bench.page.clock.install();
    await openKeys();
    const value = await revealed();
    const box = keys().getByRole('group', { name: 'account key' });
    expect(await box.innerText()).toContain(value.slice(-4));
    expect(await box.innerText()).not.toContain(value);
    await box.getByRole('button', { name: 'Reveal account key' }).click();
    await box.getByText(value, { exact: true }).waitFor();
    await bench.page.clock.runFor(25_000);
    await box.getByText(value, { exact: true }).waitFor();
    await bench.page.clock.runFor(6_000);
    await box.getByText(value, { exact: true }).waitFor({ state: 'detached' });

    await box.getByRole('button', { name: 'Copy account key' }).click();
    await toast('Copied. The clipboard is cleared in 30 s.');
    expect(await clipboard()).toBe(value);
    await bench.page.clock.runFor(31_000);
    await expect.poll(clipboard).toBe('');
  });

  it('leaves alone on the clipboard what was copied after it', async () => {
    const value = await revealed();
    await keys().getByRole('button', { name: 'Copy account key' }).click();
    await expect.poll(clipboard).toBe(value);
    await bench.page.evaluate(() => window.runtime!.ClipboardSetText('an order number'));
    await bench.page.clock.runFor(31_000);
    expect(await clipboard()).toBe('an order number');
    await bench.page.clock.resume();
  });

  it('is re-generated: the old one works on for the time chosen, says who uses it, and is ended early', async () => {
    const before = await revealed();
    expect(await bench.signIn(before, 'stock-tool/7')).toBe(200);
    await openKeys();
    await keys()
      .getByText(/Last used Today .* by stock-tool\/7/)
      .waitFor();
    await keys().getByRole('button', { name: 'Re-generate…' }).click();
    const ask = question('Re-generate the account key?');
    expect(await ask.getByRole('radio').count()).toBe(4);
    expect(await ask.getByRole('radio', { name: '24 hours' }).getAttribute('aria-checked')).toBe('true');
    await ask.getByRole('radio', { name: '1 hour' }).click();
    await ask.getByRole('button', { name: 'Make a new key' }).click();
    await keys()
      .getByText(/The old key still works, (1 h|5\d min) left/)
      .waitFor();
    await keys()
      .getByText(/^Ends /)
      .waitFor();
    await keys().getByRole('progressbar', { name: 'Grace time used' }).waitFor();
    const now = await revealed();
    expect(now).not.toBe(before);
    expect(await bench.signIn(before)).toBe(200);

    await keys().getByRole('button', { name: 'End it now' }).click();
    const end = question('End the old key now?');
    await end.getByText(/Last used Today .* by stock-tool\/7/).waitFor();
    await end.getByRole('button', { name: 'End the old key' }).click();
    await toast('The old key no longer works.');
    await keys()
      .getByText(/The old key still works/)
      .waitFor({ state: 'detached' });
    expect(await bench.signIn(before)).toBe(401);
    expect(await bench.signIn(now)).toBe(200);
  });

  it('is reset once the name was typed, which says what breaks', async () => {
    const before = await revealed();
    await keys().getByRole('button', { name: 'Reset…' }).click();
    const ask = question('Reset the account key?');
    await ask.getByText('Every program that signs in with the key is refused at once').waitFor();
    await ask.getByText(/Last used Today .* by order-bridge\/2.1/).waitFor();
    const does = ask.getByRole('button', { name: 'Reset the key' });
    expect(await does.isDisabled()).toBe(true);
    await ask.getByRole('textbox', { name: 'Type web-shop-north to confirm' }).fill('web-shop');
    expect(await does.isDisabled()).toBe(true);
    await ask.getByRole('textbox').fill('web-shop-north');
    await does.click();
    await toast('The key was reset. The old one no longer works.');
    expect(await bench.signIn(before)).toBe(401);
    expect(await bench.signIn(await revealed())).toBe(200);
    await bench.close('Keys & Tokens');
  });
});

describe('tokens', () => {
  it('are made with a name, an expiry and scopes, and come last in the list', async () => {
    await bench.token('first');
    await openKeys();
    await keys().getByRole('button', { name: 'Create token' }).click();
    const form = dialog('Create token');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText("A token's name is needed: 1 to 50 characters.").waitFor();
    await form.getByRole('textbox', { name: /^Name/ }).fill('FIRST');
    await form.getByLabel(/^Expires/).fill('2020-01-31');
    await form.getByText('This day is over.').waitFor();
    await form.getByLabel(/^Expires/).fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
    for (const scope of [/^Ship/, /^Documents/, /^Auths/, /^Track/])
      await form.getByRole('checkbox', { name: scope }).click();
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText('Choose at least one thing it may do.').waitFor();
    await form.getByRole('checkbox', { name: /^Track/ }).click();
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText('This account has a token with the name “first” already.').waitFor();
    await form.getByRole('textbox', { name: /^Name/ }).fill('order-system');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText('The token is ready.').waitFor();
    const value = await form.getByText(/^pkt_live_/).innerText();
    expect(value).toMatch(/^pkt_live_[0-9A-Za-z]{49}$/);
    await form.getByRole('button', { name: 'Done' }).click();
    await form.waitFor({ state: 'detached' });

    const last = keys().getByRole('row').last();
    await last.getByText('order-system').waitFor();
    expect(await last.innerText()).toMatch(/track[^]*in [45] days/);
    expect(await last.innerText()).not.toContain(value);
    expect(await bench.signIn(value, 'order-bridge/3')).toBe(200);
    await row('order-system').getByText('by order-bridge/3').waitFor();
  });

  it('are revealed, hidden and copied', async () => {
    const reveal = row('order-system').getByRole('button', { name: 'Reveal order-system' });
    await reveal.click();
    const shown = row('order-system').getByText(/^pkt_live_\w{49}$/);
    const value = await shown.innerText();
    await row('order-system').getByRole('button', { name: 'Hide order-system' }).click();
    await shown.waitFor({ state: 'detached' });
    await reveal.waitFor();
    await row('order-system').getByRole('button', { name: 'Copy order-system' }).click();
    await expect.poll(clipboard).toBe(value);
  });

  it('of another system are brought along, of the right kind and long enough', async () => {
    await keys().getByRole('button', { name: 'Bring an existing one' }).click();
    const form = dialog('Bring an existing one');
    const value = form.getByLabel('Value', { exact: true });
    await form.getByRole('textbox', { name: /^Name/ }).fill('old shop');
    await value.fill('short');
    await form.getByText('This has 5 characters and needs at least 16').waitFor();
    await value.fill(`pka_live_${'0'.repeat(49)}`);
    await form.getByText('This starts with pka_live_, but what is made here starts with pkt_live_.').waitFor();
    await value.fill('8821c0ffee-of-the-old-shop');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await toast('Token old shop brought along');
    await row('old shop')
      .getByText(/^Brought along/)
      .waitFor();
    expect(await bench.signIn('8821c0ffee-of-the-old-shop')).toBe(200);
  });

  it('for tests say so, and never buy live labels', async () => {
    await keys().getByRole('button', { name: 'Create token' }).click();
    const form = dialog('Create token');
    await form.getByRole('textbox', { name: /^Name/ }).fill('trial');
    await form.getByRole('switch', { name: 'Test token' }).click();
    await press(bench.page, 'Control+s');
    const value = await form.getByText(/^pkt_test_/).innerText();
    await form.getByRole('button', { name: 'Done' }).click();
    await row('trial').getByText('TEST', { exact: true }).waitFor();
    expect(await bench.buy(value, 'NEVER-LIVE')).toBeGreaterThanOrEqual(400);
  });

  it('are deleted behind a question, and refused from then on', async () => {
    await row('old shop').getByRole('button', { name: 'Delete old shop' }).click();
    const ask = question('Delete the token old shop?');
    await ask.getByText(/Last used Today .* by order-bridge\/2.1/).waitFor();
    await ask.getByRole('button', { name: 'Delete the token' }).click();
    await toast('Token old shop deleted');
    await row('old shop').waitFor({ state: 'detached' });
    expect(await bench.signIn('8821c0ffee-of-the-old-shop')).toBe(401);
  });
});

it('every reveal and change is in the audit, and no value is', async () => {
  const value = await revealed();
  const account_id = bench.seeded.account.id;
  const filter = { account_id, actor: '', action: '', door: '', subject_id: '', subject: '', from_ms: 0, to_ms: 0 };
  const found = JSON.stringify(await bench.program.go.Activity.Audit(filter, { limit: 100, cursor: '' }));
  for (const what of [
    'key.reveal',
    'key.regenerate',
    'key.end',
    'key.reset',
    'token.create',
    'token.reveal',
    'token.delete',
  ])
    expect(found).toContain(`"${what}"`);
  expect(found).not.toContain(value);
});

nothingFailed(bench);
