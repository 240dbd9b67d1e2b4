import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { auth, draft } from '../../wailsjs/go/models';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { picture as inManual } from './manual';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, type Seeded } from './seed';
import { startStand, type Stand } from './stand';

let stand: Stand;
let program: Program;
let seeded: Seeded;
let post: auth.Auth;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  stand = await startStand();
  program = await startProgram(['-courier-stand', stand.url]);
  seeded = await seed(program);
  post = await program.go.Auths.Register({
    account_id: seeded.account.id,
    courier: 'RoyalMailClickAndDrop',
    company: 'Post',
    testing: false,
    tracking_only: false,
    fields: { api_key: 'a key of the tests alone' },
  });
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
  await stand.leave();
});

/** A draft of the sample order, to be bought from the courier that goes away. */
async function drafted(reference: string, to = program): Promise<draft.Draft> {
  const order = JSON.parse(await sampleOrder(to, { reference })) as { shipment: object };
  return to.go.Drafts.Save({
    id: '',
    account_id: seeded.account.id,
    account: '',
    order: JSON.stringify({
      ...order,
      courier: 'RoyalMailClickAndDrop',
      auth_company: 'Post',
      testing: false,
      shipment: { ...order.shipment, dc_service_id: 'RM-TPN' },
    }),
    reference: '',
    recipient: '',
    country_iso: '',
    source: '',
    problems: [],
    created_ms: 0,
    updated_ms: 0,
    version: 0,
  });
}

async function open(path: string) {
  await page.goto('about:blank');
  await page.goto(program.at(path));
}

/** The courier goes away, and is asked until that is known. */
async function goesAway() {
  await stand.leave();
  for (let i = 0; i < 3; i++) await program.go.Auths.Test(post.id);
  expect((await program.go.Couriers.Health())[0]).toMatchObject({ auth_id: post.id, state: 'away' });
}

/** The references of what was bought from the courier, in order. */
async function bought(of = program): Promise<string[]> {
  const { items } = await of.go.Shipments.List(
    { ...everything, courier: 'RoyalMailClickAndDrop', states: ['booked'] },
    { limit: 100, cursor: '' },
  );
  return stand.sold.map((id) => items.find((row) => row.id === id)?.reference ?? 'nobody knows it');
}

const waitingOf = async (of = program) =>
  (await of.go.Drafts.List({ account_id: '', source: '', search: '', waiting: true }, { limit: 100, cursor: '' }))
    .items;

async function until(what: () => Promise<boolean>) {
  for (let i = 0; i < 600 && !(await what()); i++) await new Promise((done) => setTimeout(done, 100));
  expect(await what()).toBe(true);
}

async function picture(name: string) {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
    expect(await axe(page), `${name} ${theme}`).toEqual([]);
    await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
  }
}

const banner = () => page.getByRole('region', { name: 'Royal Mail can’t take this order now' });
const choices = () => page.getByRole('group', { name: 'Send it with another courier' });

describe('a courier that does not answer', () => {
  it('is quiet while it does', async () => {
    await program.go.Auths.Test(post.id);
    await open('/couriers/RoyalMailClickAndDrop?tab=auths');
    await page.getByRole('cell', { name: 'Answering' }).waitFor();
    const { id } = await drafted('QUIET');
    await open(`/shipments/new?draft=${id}`);
    await page.getByRole('radio', { name: /Tracked 24/ }).waitFor();
    expect(await banner().count()).toBe(0);
    await program.go.Drafts.Delete([id]);
  });

  it('is told with the two choices when an order can’t be sent, and the order waits by one key', async () => {
    const first = await drafted('WAIT-1');
    await stand.leave();
    await open(`/shipments/new?draft=${first.id}`);
    await page.getByRole('radio', { name: /Tracked 24/ }).waitFor();
    await press(page, 'Control+Enter');
    await banner().getByText('the connection was refused').waitFor();
    await choices()
      .getByRole('button', { name: /Own fleet/ })
      .first()
      .waitFor();
    expect(await page.getByRole('alert').count()).toBe(0); // told once
    expect(await sidewaysScroll(page)).toBe(0);
    await picture('courier-away-refused');

    await press(page, 'Alt+w');
    await page.getByText('The order waits for Royal Mail').waitFor();
    const postcode = page.getByRole('textbox', { name: /^Postcode/ }).first();
    await expect.poll(() => postcode.inputValue()).toBe(''); // the next order
    expect(await waitingOf()).toMatchObject([{ reference: 'WAIT-1', waits_courier: 'RoyalMailClickAndDrop' }]);
    expect(stand.sold).toEqual([]);
  });

  it('is said on every screen once it is away', async () => {
    await goesAway();
    await drafted('WAIT-2').then(({ id }) => program.go.Drafts.Wait([id]));
    await open('/couriers/RoyalMailClickAndDrop?tab=auths');
    const row = page.getByRole('row', { name: /Post/ });
    await row.getByText(/^Not answering since \d\d:\d\d$/).waitFor();
    await row.getByText(/of the last \d+ calls failed/).waitFor();
    await page
      .getByRole('navigation', { name: 'Couriers' })
      .getByText(/Not answering since/)
      .waitFor();
    expect(await page.getByText('a key of the tests').count()).toBe(0);
    await page
      .getByRole('contentinfo')
      .getByRole('link', { name: /Royal Mail not answering since/ })
      .waitFor();
    await picture('courier-away-directory');
    await inManual(page, 'courier-health');

    const { id } = await drafted('OTHER');
    await open(`/shipments/new?draft=${id}`);
    await banner()
      .getByText(/Royal Mail has not answered since \d\d:\d\d/)
      .waitFor();
    await choices().getByRole('button').first().waitFor();
    await picture('courier-away-banner');
    await inManual(page, 'courier-away');
  });

  it('is replaced by a key, and only a person’s word buys', async () => {
    await page.keyboard.press('Alt+a');
    await page.getByText('Nothing is bought yet.').waitFor();
    await banner().waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: /OF-/, checked: true }).waitFor();
    expect(
      (await program.go.Shipments.List({ ...everything, reference: 'OTHER' }, { limit: 9, cursor: '' })).items,
    ).toEqual([]);
    await press(page, 'Control+Enter');
    await page.getByRole('dialog').getByText('Label made').waitFor();
    const { items } = await program.go.Shipments.List({ ...everything, reference: 'OTHER' }, { limit: 9, cursor: '' });
    expect(items).toMatchObject([{ courier: 'OwnFleet', state: 'booked' }]);
  });

  it('lets many drafts wait, and shows and stops what waits', async () => {
    await drafted('WAIT-3');
    await drafted('WAIT-4');
    await open('/shipments/drafts');
    await page.getByRole('row', { name: /WAIT-4/ }).waitFor();
    await press(page, 'j', 'x', 'j', 'x', 'Control+Enter');
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /Create 2 labels/ })
      .focus();
    await press(page, 'Enter');
    await page.getByRole('button', { name: /Let 2 wait until it is back/ }).waitFor();
    await press(page, 'Alt+w');
    await page.getByText('2 drafts wait, and are bought').waitFor();
    await page.getByRole('button', { name: '4 wait for a courier' }).focus();
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Show all drafts' }).waitFor();
    expect(await page.getByText('Waits for Royal Mail').count()).toBe(4);
    await picture('courier-away-waiting');
    await inManual(page, 'courier-away-waiting');

    await page
      .getByRole('row', { name: /WAIT-2/ })
      .getByRole('checkbox')
      .check();
    await press(page, 'w');
    await page.getByText('1 draft waits no longer').waitFor();
    expect((await waitingOf()).map((d) => d.reference)).not.toContain('WAIT-2');
    expect(stand.sold).toEqual([]);
  });

  it('lets the rows of a file wait', async () => {
    const path = await program.saveAs('away.csv');
    const rows = ['FILE-1', 'FILE-2'].map(
      (reference) => `${reference},Ada Sample,1 Sample Street,Hull,HU1 1AA,GB,1.5,RoyalMailClickAndDrop,RM-TPN`,
    );
    writeFileSync(
      path,
      ['Order no.,Customer,Address,Town,Postcode,Country,Weight (kg),Courier,Service', ...rows].join('\n'),
    );
    await open(`/shipments/import?account=${seeded.account.id}`);
    await press(page, 'o');
    await page.getByText('2 rows').waitFor();
    await press(page, 'c');
    await page.getByText('2 shipments are ready').waitFor();
    await page.getByRole('button', { name: 'Create 2 labels' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Create 2 labels' }).click();
    await page.getByText('2 shipments could not be sent').waitFor();
    await picture('courier-away-import');
    await press(page, 'Alt+w');
    await page.getByText('2 kept as drafts').waitFor();
    expect((await waitingOf()).map((d) => d.reference).slice(-2)).toEqual(['FILE-1', 'FILE-2']);
  });

  it('says on a draft that it waits, and lets it go', async () => {
    const { id } = await drafted('WAIT-5');
    await program.go.Drafts.Wait([id]);
    await open(`/shipments/new?draft=${id}`);
    await page.getByText('This draft waits for Royal Mail.').waitFor();
    await picture('courier-away-draft');
    await page.getByRole('button', { name: 'Stop waiting' }).focus();
    await press(page, 'Enter');
    await banner().waitFor();
    expect((await waitingOf()).map((d) => d.reference)).not.toContain('WAIT-5');
  });

  it('is bought from in order, each once, when it is back', async () => {
    const order = (await waitingOf()).map((d) => d.reference);
    expect(order).toHaveLength(5);
    await stand.comeBack();
    await page.getByRole('button', { name: 'Ask again now' }).click();
    await page.getByText('Royal Mail answers again.').waitFor();
    await banner().waitFor({ state: 'detached' });
    await until(async () => (await waitingOf()).length === 0);
    expect(await bought()).toEqual(order);
    await open('/couriers/RoyalMailClickAndDrop?tab=auths');
    await page
      .getByRole('row', { name: /Post/ })
      .getByText(/Answering|Slow or failing/)
      .waitFor();
    expect(page.problems.filter((text) => !text.includes('ERR_'))).toEqual([]);
  });
});

describe('a queue and a power cut', () => {
  it('goes on where it stopped, and buys nothing twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-waiting-'));
    const options = ['-courier-stand', stand.url, '-data-dir', join(folder, 'data')];
    const before = stand.sold.length;
    await stand.leave();
    const one = await startProgram(options);
    seeded = await seed(one);
    const login = await one.go.Auths.Register({
      account_id: seeded.account.id,
      courier: 'RoyalMailClickAndDrop',
      company: 'Post',
      testing: false,
      tracking_only: false,
      fields: { api_key: 'a key of the tests alone' },
    });
    await one.go.Auths.Test(login.id); // it is known to be away: no purchase is under way when the power goes
    const ids = [(await drafted('CUT-1', one)).id, (await drafted('CUT-2', one)).id];
    expect(await one.go.Drafts.Wait(ids)).toMatchObject({ waiting: 2 });
    await one.kill();

    const two = await startProgram(options);
    expect((await waitingOf(two)).map((d) => d.reference)).toEqual(['CUT-1', 'CUT-2']);
    await stand.comeBack();
    await until(async () => (await waitingOf(two)).length === 0);
    expect((await bought(two)).slice(before)).toEqual(['CUT-1', 'CUT-2']);
    await two.close();
    rmSync(folder, { recursive: true });
  });
});
