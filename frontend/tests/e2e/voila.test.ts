import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, type Seeded } from './seed';

/** Stands in for Voila: sells what it is asked for, and keeps the requests. */
const sold: { path: string; body: { request_id: string; shipment: Record<string, unknown> } }[] = [];
const label = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
const voila = createServer((request, response) => {
  void answer(request).then((said) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(said));
  });
});

async function answer(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const path = request.url ?? '';
  if (path.endsWith('/list-couriers')) return { couriers: [] };
  if (path.endsWith('/list-registered-couriers')) return [{ courier: 'DPDLocal', testing: true }];
  if (!path.endsWith('/create-label')) return { success: true };
  const body = JSON.parse(text) as (typeof sold)[0]['body'];
  sold.push({ path, body });
  return {
    tracking_codes: [`159700000${sold.length}`],
    request_id: body.request_id,
    label_base64: label,
    create_label_shipment_id: 9000 + sold.length,
  };
}

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  await new Promise<void>((done) => voila.listen(0, '127.0.0.1', done));
  const { port } = voila.address() as AddressInfo;
  program = await startProgram(['-courier-stand', `http://127.0.0.1:${port}`]);
  seeded = await seed(program);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
  voila.close();
});

const order = async (reference: string) => {
  const like = JSON.parse(await sampleOrder(program, { reference })) as { shipment: object };
  return JSON.stringify({
    ...like,
    auth_company: '',
    courier: 'EvriCorporate',
    shipment: { ...like.shipment, dc_service_id: 'EVRI-NEXT' },
  });
};
const both = async (look: (theme: string) => Promise<void>) => {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    await look(theme);
  }
};

it('refuses a courier that nobody carries, and says what would', async () => {
  await expect(program.go.Shipments.Create(seeded.account.id, await order('V-0'))).rejects.toThrow(
    /A registered auth of Voila would carry an order/,
  );
});

it('buys from any courier of Voila in the form of a new shipment', async () => {
  await program.go.Auths.Register({
    account_id: seeded.account.id,
    courier: 'Voila',
    company: 'Main',
    testing: true,
    tracking_only: false,
    fields: { api_user: 'web shop', api_token: 'made-up-token-for-tests-only' },
  });
  await page.goto(program.at('/shipments/new'));
  const to = page.getByRole('region', { name: 'To', exact: true });
  await to.getByRole('combobox', { name: /^Name/ }).fill('Goods In');
  await page.getByRole('combobox', { name: 'Auth' }).click();
  await page.getByRole('option', { name: 'Voila, Main (Test)' }).click();
  const options = page.getByRole('group', { name: 'Service options' });
  const service = options.getByRole('textbox', { name: /^Service of that courier/ });
  await options.getByRole('textbox', { name: /^Courier/ }).fill('DPDLocal');
  await to.getByRole('textbox', { name: /^Address(?!,)/ }).fill('12 Hill Road');
  await to.getByRole('textbox', { name: /^City/ }).fill('Bristol');
  await to.getByRole('textbox', { name: /^Postcode/ }).fill('BS8 1AA');
  await to.getByRole('combobox', { name: /^Country/ }).fill('GB');
  await page.getByRole('textbox', { name: /^Weight(?! of one)/ }).fill('1.5');
  await press(page, 'Control+Enter'); // the service is missing still
  await page.getByText('Service of that courier is required.').first().waitFor();
  await page.evaluate(() => document.querySelector('form')?.scrollIntoView());
  await both(async (theme) => {
    expect(await axe(page), theme).toEqual([]);
    await page.screenshot({ path: join(pictures, `voila-new-${theme}.png`) });
  });
  expect(sold).toEqual([]);
  await service.fill('DPD-12');
  await press(page, 'Control+Enter');
  await page.getByRole('dialog', { name: /^Label made/ }).waitFor();
  expect(sold[0]!.path).toBe('/api/couriers/v1/DPDLocal/create-label');
  expect(sold[0]!.body).toMatchObject({ testing: true, shipment: { dc_service_id: 'DPD-12' } });
});

it('keeps the courier that was asked for, and says through what it went', async () => {
  const made = await program.go.Shipments.Create(seeded.account.id, await order('V-1'));
  expect(made.shipment.row).toMatchObject({ courier: 'EvriCorporate', dc_service_id: 'EVRI-NEXT', state: 'booked' });
  expect(sold[1]!.path).toBe('/api/couriers/v1/EvriCorporate/create-label');
  await page.goto('about:blank');
  await page.goto(program.at('/shipments'));
  await page.getByRole('row').filter({ hasText: 'V-1' }).getByText('EvriCorporate through Voila').waitFor();
  await page.getByRole('row').filter({ hasText: 'Goods In' }).getByText('DPDLocal, DPD-12').waitFor();
  await both(async (theme) => {
    expect(await axe(page), theme).toEqual([]);
    await page.screenshot({ path: join(pictures, `voila-list-${theme}.png`) });
  });
  await page.goto(program.at(`/shipments/${made.shipment.row.number}`));
  await page.getByText('EvriCorporate through Voila').first().waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  await both(async (theme) => {
    expect(await axe(page), theme).toEqual([]);
    await page.screenshot({ path: join(pictures, `voila-page-${theme}.png`) });
  });
  const count = (await program.go.Shipments.Count({ ...everything, courier: 'EvriCorporate' })).count;
  expect(count).toBe(1);
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
