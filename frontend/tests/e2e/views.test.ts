import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press } from './harness';
import { startProgram, type Program } from './program';
import { everything, seed, ship } from './seed';

let program: Program;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  const seeded = await seed(program);
  for (let i = 0; i < 4; i++) await ship(program, seeded, { reference: `V-${i}` });
  const { items } = await program.go.Shipments.List(everything, { limit: 1, cursor: '' });
  await program.go.Shipments.Cancel(items[0]!.id);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const list = () => page.getByRole('grid', { name: 'Shipments' });
const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const tabs = async () =>
  (await page.getByRole('tab').allInnerTexts()).map((text) => text.replace(/[\d,+\n ]+$/, '').trim());
const rows = () => expect.poll(() => list().getAttribute('aria-rowcount'));
const menu = async (name: string, item: string) => {
  await page.getByRole('button', { name: `Actions for the tab ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const dialog = () => page.getByRole('dialog');
const name = () => dialog().getByRole('textbox', { name: /^Name of the tab/ });
const chosen = () => expect.poll(() => page.getByRole('tab', { selected: true }).innerText());

async function open(path: string) {
  await page.goto(program.at(path));
  await page.reload();
  await list().waitFor();
}

/** Saves what is listed. */
async function save(as: string) {
  await page.getByRole('button', { name: 'Save as tab' }).click();
  await name().fill(as);
  await press(page, 'Enter');
}

it('is saved with its filters and its order, and found again by its address', async () => {
  await open('/shipments?status=booked&sort=number');
  await rows().toBe('4');
  await save('Booked, oldest');
  await chosen().toMatch(/^Booked, oldest\s*3$/);
  const address = await page.evaluate(() => location.hash);
  expect(address).toMatch(/^#\/shipments\?view=[\w-]+$/);
  expect(await axe(page)).toEqual([]);

  await tab('All').click();
  await rows().toBe('5');
  await page.goto(program.at(address.slice(1)));
  await page.reload();
  await rows().toBe('4');
  await expect.poll(() => list().getByRole('row').nth(1).getByRole('link').first().innerText()).toBe('1');
  await page.getByRole('button', { name: 'Status Booked' }).waitFor();
});

it('refuses a name that is taken, built in, or too long, beside the field', async () => {
  await open('/shipments?q=V-1');
  await page.getByRole('button', { name: 'Save as tab' }).click();
  for (const [typed, says] of [
    ['', 'Type a name'],
    ['today', 'There is a tab “today” already'],
    ['x'.repeat(41), 'Type a name'],
    ['BOOKED, oldest', 'There is a view “Booked, oldest” already'],
  ]) {
    await name().fill(typed!);
    await press(page, 'Enter');
    await dialog().getByText(says!).waitFor();
    expect(await name().getAttribute('aria-invalid')).toBe('true');
  }
  await page.screenshot({ path: join(pictures, 'views-refused.png') });
  expect(await axe(page)).toEqual([]);
  await press(page, 'Escape');
  await dialog().waitFor({ state: 'detached' });
  expect((await program.go.Views.List()).length).toBe(1);
});

it('is the same in every window, and takes a change only when it is saved', async () => {
  const other = await newPage(browser);
  await other.goto(program.at('/shipments'));
  await other.getByRole('tab', { name: /^Booked, oldest/ }).waitFor();

  await open('/shipments?q=V-1');
  await save('One');
  await other.getByRole('tab', { name: /^One/ }).waitFor();
  await page.getByRole('searchbox').fill('V-');
  await rows().toBe('5');
  await chosen().toMatch(/^One\s*changed/);
  await menu('One', 'Drop the changes');
  await rows().toBe('2');
  await page.getByRole('searchbox').fill('V-');
  await rows().toBe('5');
  await menu('One', 'Save the changes');
  await chosen().toMatch(/^One\s*4$/);
  await expect.poll(() => other.getByRole('tab', { name: /^One/ }).innerText()).toMatch(/4$/);
  expect(other.problems).toEqual([]);
  await other.context().close();
});

it('keeps the columns that were chosen for it', async () => {
  await open('/shipments?q=V-');
  await page.getByRole('button', { name: 'Columns' }).click();
  await dialog().getByRole('checkbox', { name: 'Postcode' }).click();
  await dialog().getByRole('button', { name: 'Done' }).click();
  await save('With postcode');
  await chosen().toMatch(/^With postcode/);
  const heads = () => expect.poll(() => list().getByRole('columnheader').allInnerTexts());
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await heads().toContain('Postcode');
  await tab('All').click();
  await heads().not.toContain('Postcode');
});

it('is renamed, put in another order by keys, and deleted with a way back', async () => {
  await open('/shipments');
  await tab('One').click();
  await menu('One', 'Rename');
  await name().fill('Number one');
  await press(page, 'Enter');
  await chosen().toMatch(/^Number one/);

  await menu('Number one', 'Put tabs in order');
  await dialog().getByRole('button', { name: 'Move Number one up' }).focus();
  await press(page, 'Enter');
  await expect
    .poll(tabs)
    .toEqual(['All', 'Needs you', 'Today', 'Not taken out', 'Number one', 'Booked, oldest', 'With postcode']);
  expect(await axe(page)).toEqual([]);
  await page.screenshot({ path: join(pictures, 'views-order.png') });
  await dialog().getByRole('button', { name: 'Done' }).click();

  await menu('Number one', 'Delete tab');
  await tab('Number one').waitFor({ state: 'detached' });
  await chosen().toMatch(/^All/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await chosen().toMatch(/^Number one/);
  await expect.poll(async () => (await tabs())[4]).toBe('Number one');
  await rows().toBe('5');
  const { items } = await program.go.Activity.Audit(audited, { limit: 2, cursor: '' });
  expect(items.map((e) => e.action)).toEqual(['view.restore', 'view.delete']);
});

it('that is gone leaves its address on the whole list', async () => {
  await open('/shipments?view=gone');
  await rows().toBe('5');
  await chosen().toMatch(/^All/);
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));

const audited = {
  account_id: '',
  actor: '',
  action: 'view',
  door: '',
  subject_id: '',
  subject: '',
  from_ms: 0,
  to_ms: 0,
};
