import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, benchScreen, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { picture } from './manual';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, ship, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram(['-sample-courier']);
  seeded = await seed(program);
  for (const testing of [false, true]) {
    await program.go.Auths.Register({
      account_id: seeded.account.id,
      courier: 'SampleParcels',
      company: 'Main',
      testing,
      tracking_only: false,
      fields: { client_id: 'shop-1', client_secret: 'a secret of the tests', account_number: '123456' },
    });
  }
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

/** Buys with Sample Parcels: SELL-… is sold, of LOOK-… nobody knows what became. */
async function order(reference: string, testing: boolean) {
  const sample = JSON.parse(await sampleOrder(program, { reference })) as { shipment: object };
  const body = {
    ...sample,
    testing,
    courier: 'SampleParcels',
    shipment: { ...sample.shipment, dc_service_id: 'SP-STANDARD', courier: { depot: 'BRS' } },
  };
  await program.go.Shipments.Create(seeded.account.id, JSON.stringify(body)).catch(() => undefined);
  return (await program.go.Shipments.List(everything, { limit: 1, cursor: '' })).items[0]!;
}

const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const list = () => page.getByRole('grid', { name: 'Manifests' });
const dialog = () => page.getByRole('dialog').or(page.getByRole('alertdialog'));
const fleet = () => page.getByRole('button', { name: 'Close the day of Own fleet, Main' });
const parcels = () =>
  row('Sample Parcels')
    .filter({ hasText: 'LIVE' })
    .getByRole('button', { name: /^Close the day/ });

/** Looks at the page in both themes. */
async function look(name: string) {
  for (const size of [{ width: 683, height: 384 }, benchScreen]) {
    await page.setViewportSize(size);
    expect(await sidewaysScroll(page)).toBe(0);
  }
  for (const theme of ['dark', 'light']) {
    await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
    expect(await axe(page), theme).toEqual([]);
    await page.screenshot({ path: join(pictures, `end-of-day-${name}-${theme}.png`) });
  }
}

describe('the end of the day', () => {
  it('says so where nothing is open', async () => {
    await page.goto(program.at('/shipments'));
    await press(page, 'g');
    await press(page, 'd');
    await page.getByRole('heading', { name: 'The day is closed' }).waitFor();
    await look('empty');
    await page.getByRole('button', { name: 'See the manifests' }).click();
    await page.getByRole('heading', { name: 'No day was closed yet' }).waitFor();
  });

  it('closes the day of Own fleet by keyboard, and gives the paper', async () => {
    const one = await ship(program, seeded, { reference: 'EOD-1' });
    await ship(program, seeded, { reference: 'EOD-2' });
    await page.goto(program.at('/shipments/end-of-day'));
    await row('Own fleet').getByText('Ready to close').waitFor();
    await fleet().focus();
    await press(page, 'Enter');
    await dialog().getByText('2 shipments, 2 parcels').waitFor();
    await dialog().getByText('Nobody outside is told').waitFor();
    await look('ask');
    await picture(page, 'end-of-day-ask');
    await press(page, 'Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await program.go.Manifests.Left()).toMatchObject([{ shipments: 2, courier: 'OwnFleet' }]);
    await fleet().focus();
    await press(page, 'Enter');
    await dialog().getByRole('button', { name: 'Close the day' }).focus();
    await press(page, 'Enter');
    await page.getByText('Manifest 1 is closed.').waitFor();
    await page.getByText('2 shipments are handed over to Own fleet.').waitFor();
    await row('Own fleet').waitFor({ state: 'detached' });
    await look('done');
    const path = await program.saveAs('manifest.pdf');
    await page.getByRole('button', { name: 'Save the paper…' }).click();
    await page.getByText(`Saved to ${path}`).waitFor();
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
    const { timeline } = await program.go.Shipments.Get(one.id);
    expect(timeline.at(-1)).toMatchObject({ step: 'closed', note: 'manifest 1' });
  });

  it('is refused while a purchase is unknown, and leads to where that is settled', async () => {
    await ship(program, seeded, { reference: 'EOD-3' });
    await order('SELL-1', false);
    const lost = await order('LOOK-1', false);
    expect(lost.state).toBe('unknown');
    await page.goto('about:blank');
    await page.goto(program.at('/shipments/end-of-day'));
    const day = row('Sample Parcels');
    await day.getByText('1 purchase is unknown').waitFor();
    expect(await parcels().isDisabled()).toBe(true);
    const { auth_id } = (await program.go.Manifests.Left()).find((l) => l.courier === 'SampleParcels')!;
    await expect(program.go.Manifests.Close(auth_id)).rejects.toThrow(`shipment ${lost.number}`);
    await look('blocked');
    await picture(page, 'end-of-day');
    await day.getByRole('link', { name: 'Needs a look' }).click();
    await page.getByRole('region', { name: `Shipment ${lost.number}` }).waitFor();
    await program.go.Shipments.SettleNotBought(lost.id);
  });

  it('keeps a manifest of which nothing is known, until the courier is asked again', async () => {
    await page.goto(program.at('/shipments/end-of-day'));
    await parcels().click();
    await dialog().getByText('Sample Parcels is told that these are handed over.').waitFor();
    await dialog().getByRole('button', { name: 'Close the day' }).click();
    await dialog().getByText('It is not known whether the courier closed the day').waitFor();
    await press(page, 'Escape');
    const doubt = page.getByRole('region', { name: 'Manifest 2' });
    await doubt.getByText('It is not known whether Sample Parcels closed the day').waitFor();
    await row('Sample Parcels').getByText('Manifest 2 has to be settled first').waitFor();
    await look('unknown');
    await doubt.getByRole('button', { name: 'It was not closed…' }).click();
    expect(await dialog().getByRole('button', { name: 'It was not closed' }).isDisabled()).toBe(true);
    await press(page, 'Escape');
    await dialog().waitFor({ state: 'detached' });
    await doubt.getByRole('button', { name: 'It was closed…' }).click();
    await dialog().getByLabel('The courier’s number of it').waitFor();
    await look('was-closed');
    await press(page, 'Escape');
    await dialog().waitFor({ state: 'detached' });
    await doubt.getByRole('button', { name: 'Ask Sample Parcels again' }).focus();
    await press(page, 'Enter');
    await page.getByText('Sample Parcels calls it SP-DAY-1.').waitFor();
    await doubt.waitFor({ state: 'detached' });
  });

  it('never mixes test labels with live ones', async () => {
    await order('SELL-2', true);
    await order('SELL-3', false);
    await page.goto('about:blank');
    await page.goto(program.at('/shipments/end-of-day'));
    const trial = row('Sample Parcels').filter({ hasText: 'TEST' });
    await trial.getByRole('button').click();
    await dialog().getByText('These are test labels: no parcel of them may leave.').waitFor();
    await look('test');
    await dialog().getByRole('button', { name: 'Close the day' }).click();
    await page.getByText('Manifest 3 is closed.').waitFor();
    await trial.waitFor({ state: 'detached' });
    expect(await row('Sample Parcels').filter({ hasText: 'LIVE' }).count()).toBe(1);
  });

  it('keeps what was closed, finds it by day, and gives its paper again', async () => {
    await page.getByRole('tab', { name: 'Manifests' }).click();
    await list().getByRole('row').filter({ hasText: 'TEST' }).waitFor();
    expect(
      await list()
        .getByRole('row')
        .filter({ has: page.getByRole('gridcell') })
        .count(),
    ).toBe(3);
    await page.getByLabel('From', { exact: true }).fill('2999-01-01');
    await page.getByRole('heading', { name: 'No manifest of these days' }).waitFor();
    await page.getByLabel('From', { exact: true }).fill('2020-01-01');
    await list().getByRole('row').filter({ hasText: 'Own fleet' }).click();
    const panel = page.getByRole('complementary', { name: 'Manifest 1' });
    await panel.getByText('Drawn by Packbench, with lines to sign').waitFor();
    expect(await panel.getByRole('link', { name: /^Shipment \d+ to/ }).count()).toBe(2);
    await look('manifests');
    await picture(page, 'manifests');
    const path = await program.saveAs('again.pdf');
    await panel.getByRole('button', { name: 'Save the paper…' }).click();
    await page.getByText(`Saved to ${path}`).waitFor();
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
    await panel
      .getByRole('link', { name: /^Shipment \d+ to/ })
      .first()
      .click();
    await page.getByText('Handed over, the day was closed').first().waitFor();
    expect(page.problems).toEqual([]);
  });
});
