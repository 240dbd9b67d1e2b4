import { expect, it } from 'vitest';
import { AccountsBench, nothingFailed } from './accounts';
import { press } from './harness';

const bench = AccountsBench.use();
const { toast, dialog, question, account } = bench;
/** More than two pages of the list. */
const many = 230;
const name = (n: number) => `till-${String(n).padStart(3, '0')}`;
const rows = () => bench.page.locator('tbody').getByRole('row');

it('all accounts come page by page as the list is scrolled, each once and by name', async () => {
  const group = await bench.group('Tills');
  for (let n = 0; n < many; n++) await bench.make(name(n), group);
  await bench.go('/accounts?view=all');
  await bench.page
    .getByRole('tab', { name: /^All accounts/ })
    .getByText(String(many + 1), { exact: true })
    .waitFor();
  await account(name(0)).waitFor();
  expect(await rows().count()).toBeLessThan(100);
  await expect
    .poll(async () => {
      await rows().last().scrollIntoViewIfNeeded();
      return rows().count();
    })
    .toBe(many + 1);
  const names = await rows().locator('.name').allInnerTexts();
  expect(names).toEqual([...Array.from({ length: many }, (_, n) => name(n)), 'web-shop-north']);
});

it('what changes on a further page leaves the list as long as it was', async () => {
  await bench.choose(name(150), 'Disable');
  await question(`Disable ${name(150)}?`)
    .getByRole('button', { name: 'Disable the account' })
    .click();
  await toast(`${name(150)} is disabled`);
  await account(name(150)).getByText('Disabled', { exact: true }).waitFor();
  expect(await rows().count()).toBe(many + 1);
});

it('disabling is taken back with Z', async () => {
  await press(bench.page, 'z');
  await account(name(150)).getByText('Active', { exact: true }).waitFor();
  expect((await bench.find(name(150))).disabled).toBe(false);
});

it('the search looks through all of them, by the group too', async () => {
  const find = bench.page.getByRole('searchbox', { name: 'Find a group or an account' });
  await find.fill('TILL-22');
  await expect.poll(() => rows().count()).toBe(10);
  await find.fill('web shops');
  await account('web-shop-north').waitFor();
  await expect.poll(() => rows().count()).toBe(1);
  await bench.go('/accounts?q=till-');
  await bench.page.getByRole('heading', { name: 'More than 100 accounts found' }).waitFor();
  await bench.go('/accounts?q=till-22');
  await bench.page.getByRole('heading', { name: '10 accounts found' }).waitFor();
});

it('J and K walk the rows, and Enter opens the keys; so they do in its tokens', async () => {
  await bench.token('first');
  await bench.token('second');
  const on = (label: string) =>
    expect.poll(() => bench.page.evaluate(() => document.activeElement?.closest('tr')?.textContent)).toContain(label);
  await bench.go('/accounts?view=all&q=web-shop');
  await account('web-shop-north').waitFor();
  await press(bench.page, 'j');
  await on('web-shop-north');
  await press(bench.page, 'Enter');
  const keys = dialog('Keys & Tokens');
  await keys.getByText('second', { exact: true }).waitFor();
  await press(bench.page, 'j');
  await on('first');
  await press(bench.page, 'j');
  await on('second');
  await press(bench.page, 'k');
  await on('first');
  await bench.close('Keys & Tokens');
  await account('web-shop-north').getByRole('button', { name: 'View registered auths' }).click();
  await dialog('Registered auths').getByText('Main', { exact: true }).waitFor();
  await press(bench.page, 'j');
  await on('Main');
});

nothingFailed(bench);
