import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { everything, sampleOrder, seed, ship, type Seeded } from './seed';

/** More than two pages of the list. */
const many = 450;

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

const towns = ['Hillside Clinic', 'Oak Street Library', 'Zebra Crossing Café', 'Meadow Lane Nursery'];

async function make(from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += 10) {
    const some = Array.from({ length: Math.min(10, to - i) }, (_, n) => i + n);
    await Promise.all(
      some.map((n) => ship(program, seeded, { reference: `T-${n}`, ship_to: { company_name: towns[n % 4] } })),
    );
  }
}

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  await make(0, many);
  browser = await launch();
}, 240_000);
afterAll(async () => {
  await browser.close();
  await program.close();
});

// Each test has a window of its own, because a window remembers its columns.
beforeEach(async () => {
  await page?.context().close();
  page = await newPage(browser);
});

const list = () => page.getByRole('grid', { name: 'Shipments' });
const head = (name: string) => list().getByRole('columnheader', { name, exact: true });
const heads = () => list().getByRole('columnheader').allInnerTexts();
const cells = (column: number) =>
  list()
    .getByRole('row')
    .locator(`td:nth-child(${column})`)
    .evaluateAll((all) => all.map((cell) => (cell as HTMLElement).innerText.split('\n')[0]!.trim()));
const numbers = async () => (await cells(2)).map(Number);
const find = () => page.getByRole('searchbox', { name: 'Number, reference, name' });
const scroller = () => list().locator('xpath=..');
const scrollTo = (top: number) => scroller().evaluate((box, to) => void (box.scrollTop = to), top);
/** What the address asks for. */
const asked = (key: string) =>
  expect.poll(() => page.evaluate((k) => new URLSearchParams(location.hash.split('?')[1]).get(k), key));
const filters = () => page.getByRole('group', { name: 'Filters' });

async function open(path = '/shipments', hasText = 'T-') {
  await page.goto(program.at(path));
  await page.reload();
  await list().getByRole('row').filter({ hasText }).first().waitFor();
}

/** The row at the upper edge of what is in sight, and how far down it begins. */
function topRow(): Promise<{ number: string; at: number }> {
  return scroller().evaluate((box) => {
    const edge = box.getBoundingClientRect().top + 40;
    const row = [...box.querySelectorAll('tbody tr[aria-rowindex]')].find(
      (r) => r.getBoundingClientRect().top >= edge,
    )!;
    return { number: row.querySelector('a')!.innerText, at: Math.round(row.getBoundingClientRect().top) };
  });
}

async function picture(name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

describe('sorting', () => {
  it('by a head, both ways, and in the address', async () => {
    await open();
    expect(await head('Number').getAttribute('aria-sort')).toBe('descending');
    await head('Recipient').getByRole('button').click();
    await expect.poll(async () => (await cells(4))[0]).toBe('Zebra Crossing Café');
    expect(await head('Recipient').getAttribute('aria-sort')).toBe('descending');
    await head('Recipient').getByRole('button').press('Enter');
    await expect.poll(async () => (await cells(4))[0]).toBe('Hillside Clinic');
    await asked('sort').toBe('recipient');

    await page.reload();
    await expect.poll(async () => (await cells(4))[0]).toBe('Hillside Clinic');
    expect(await head('Recipient').getAttribute('aria-sort')).toBe('ascending');
  });

  it('goes on in its order while scrolling', async () => {
    await open('/shipments?sort=number');
    await expect.poll(async () => (await numbers())[0]).toBe(1);
    await list().focus();
    const last = async () => {
      await press(page, 'End');
      return Number(await list().locator('tr.current a').first().innerText());
    };
    await expect.poll(last).toBe(many);
    expect(await numbers()).toEqual([...(await numbers())].sort((a, b) => a - b));
  });
});

describe('columns', () => {
  const dialog = () => page.getByRole('dialog', { name: 'Columns' });

  it('are chosen, put in order by keys and by dragging, and kept', async () => {
    await open();
    expect(await heads()).not.toContain('Postcode');
    await page.getByRole('button', { name: 'Columns' }).click();
    await dialog().getByRole('checkbox', { name: 'Postcode' }).click();
    await dialog().getByRole('checkbox', { name: 'Courier and service' }).click();
    await expect.poll(heads).toEqual(expect.arrayContaining(['Postcode']));
    const up = dialog().getByRole('button', { name: 'Move Postcode up' });
    await up.focus();
    await press(page, 'Enter');
    await dialog()
      .getByText(/^Postcode is now \d of \d$/)
      .waitFor({ state: 'attached' });
    expect(await up.evaluate((button) => button === document.activeElement)).toBe(true);
    const lines = dialog().getByRole('list', { name: 'Columns', exact: true }).getByRole('listitem');
    await lines.filter({ hasText: 'Postcode' }).dragTo(lines.first());
    await expect.poll(async () => (await heads()).slice(1, 3)).toEqual(['Number', 'Postcode']);
    expect(await axe(page)).toEqual([]);
    await picture('table-columns');
    await dialog().getByRole('button', { name: 'Done' }).click();

    await page.reload();
    await expect.poll(async () => (await heads()).slice(1, 3)).toEqual(['Number', 'Postcode']);
    expect(await heads()).not.toContain('Courier and service');
    await page.getByRole('button', { name: 'Columns' }).click();
    await dialog().getByRole('button', { name: 'As it was' }).click();
    await expect.poll(heads).toContain('Courier and service');
    expect(await heads()).not.toContain('Postcode');
  });

  it('are made wider by the mouse and by keys, and kept', async () => {
    await open();
    const edge = page.getByRole('separator', { name: 'Width of Status' });
    const width = () => head('Status').evaluate((th) => (th as HTMLElement).offsetWidth);
    const before = await width();
    const box = (await edge.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 64, box.y + 5, { steps: 4 });
    await page.mouse.up();
    await expect.poll(width).toBe(before + 64);
    await edge.focus();
    await press(page, 'ArrowLeft', 'ArrowLeft');
    await expect.poll(width).toBe(before + 32);
    expect(await edge.getAttribute('aria-valuenow')).toBe(String(Math.round((before + 32) / 16)));
    await page.reload();
    await list().getByRole('row').filter({ hasText: 'T-' }).first().waitFor();
    expect(await width()).toBe(before + 32);
    await edge.focus();
    await press(page, 'Enter');
    await expect.poll(width).toBe(before);
  });

  it('scroll sideways where they do not fit, and the first one stays', async () => {
    await open();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('button', { name: 'Columns' }).click();
    for (const name of ['Tracking', 'Weight', 'Created', 'Account', 'Country', 'Parcels']) {
      const box = dialog().getByRole('checkbox', { name, exact: true });
      if ((await box.getAttribute('aria-checked')) === 'false') await box.click();
    }
    await dialog().getByRole('button', { name: 'Done' }).click();
    const left = () => head('Number').evaluate((th) => th.getBoundingClientRect().left);
    const before = await left();
    await scroller().evaluate((box) => void (box.scrollLeft = 400));
    await expect.poll(() => scroller().evaluate((box) => box.scrollLeft)).toBeGreaterThan(100);
    expect(await left()).toBe(before);
    const row = list().getByRole('row').nth(1).getByRole('link').first();
    expect(
      await row.evaluate(
        (a) => document.elementFromPoint(a.getBoundingClientRect().x + 4, a.getBoundingClientRect().y + 4) === a,
      ),
    ).toBe(true);
    await picture('table-wide');
  });
});

describe('filters', () => {
  it('say how many rows each choice leaves, and show what is chosen', async () => {
    await program.go.Shipments.Cancel((await ship(program, seeded, { reference: 'T-cancelled' })).id);
    await open();
    await filters()
      .getByRole('button', { name: /^Status/ })
      .click();
    const options = page.getByRole('group', { name: 'Status' });
    await options.getByText(String(many), { exact: true }).waitFor();
    await picture('table-filter');
    expect(await axe(page)).toEqual([]);
    await options.getByRole('checkbox', { name: 'Cancelled' }).click();
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe('2');
    await asked('status').toBe('cancelled');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Status Cancelled' }).waitFor();

    // Another filter counts within this one, and its own choice does not hide the others.
    await filters()
      .getByRole('button', { name: /^Country/ })
      .click();
    await page.getByRole('group', { name: 'Country' }).getByRole('checkbox', { name: 'Ireland' }).waitFor();
    await page.getByRole('group', { name: 'Country' }).getByText('1', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => list().getAttribute('aria-rowcount')).not.toBe('2');
    await asked('status').toBeNull();
  });

  it('by days that move and by days that stand', async () => {
    await open();
    await filters().getByRole('button', { name: /^Date/ }).click();
    const days = page.getByRole('group', { name: 'Date' });
    await days.getByRole('radio', { name: 'Yesterday' }).click();
    await page.getByText('Nothing fits these filters').waitFor();
    await asked('since').toBe('yesterday');
    expect(await axe(page)).toEqual([]);
    await picture('table-days');
    await days.getByRole('radio', { name: 'Last 7 days' }).click();
    await list().getByRole('row').filter({ hasText: 'T-' }).first().waitFor();
    await days.getByRole('textbox', { name: 'To' }).fill('2020-02-03');
    await page.getByText('Nothing fits these filters').waitFor();
    await asked('until').toBe('2020-02-03');
    await asked('since').toBeNull();
    await days.getByRole('textbox', { name: 'From' }).fill('2020-01-02');
    await asked('since').toBe('2020-01-02');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Date 2 Jan 2020 to 3 Feb 2020' }).waitFor();
  });
});

describe('the search box', () => {
  it('opens the only hit of a scan, and the next scan takes its place', async () => {
    await open();
    await find().focus();
    await page.keyboard.type('T-17', { delay: 1 });
    await page.keyboard.press('Enter');
    await list().getByRole('row').filter({ hasText: 'T-17' }).first().waitFor();
    expect(await page.getByRole('complementary', { name: /Shipment \d/ }).count()).toBe(0); // T-170 fits too
    await page.keyboard.type('T-171', { delay: 1 });
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: /Shipment \d/ }).waitFor();
    expect(await find().inputValue()).toBe('T-171');
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe('2');
  });
});

describe('while the API creates shipments', () => {
  let token: string;
  let url: string;

  beforeAll(async () => {
    const made = await program.go.Accounts.CreateToken({
      account_id: seeded.account.id,
      name: 'order-system',
      scopes: ['ship'],
      testing: false,
      expires_ms: 0,
      value: '',
    });
    token = made.value;
    url = (await program.go.System.State()).api_url;
  });

  async function order(reference: string): Promise<void> {
    const answer = await fetch(`${url}/api/couriers/v1/OwnFleet/create-label`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'api-user': seeded.account.name, 'api-token': token },
      body: await sampleOrder(program, { reference }),
    });
    expect(answer.status).toBe(200);
  }

  it('lets them in at the top, and keeps the current row and the selection', async () => {
    await open();
    await list().focus();
    await press(page, 'j', 'x');
    const current = () => list().locator('tr.current a').first().innerText();
    const before = await current();
    await order('API-top');
    await list().getByRole('row').filter({ hasText: 'API-top' }).waitFor();
    expect(await current()).toBe(before);
    await page.getByText('1 selected').first().waitFor();
    expect(await list().locator('tr[aria-selected=true] a').first().innerText()).toBe(before);
  });

  it('moves nothing under a reader further down, tells of them, and changes rows where they stand', async () => {
    await open();
    await list().focus();
    await press(page, 'End');
    await expect.poll(async () => (await numbers()).length).toBeGreaterThan(20);
    await press(page, 'End');
    await scrollTo(44 * 300 + 17);
    await expect.poll(async () => (await topRow()).number).not.toBe('');
    await expect.poll(() => scroller().evaluate((box) => Math.round(box.scrollTop))).toBe(44 * 300 + 17);
    const before = await topRow();
    const count = await list().getByRole('row').count();
    for (let i = 0; i < 3; i++) await order(`API-down-${i}`);
    const news = page.getByRole('button', { name: '3 new shipments' });
    await news.waitFor();
    expect(await topRow()).toEqual(before);
    expect(count).toBeGreaterThan(10);

    const { items } = await program.go.Shipments.List(
      { ...everything, number: Number(before.number) },
      { limit: 1, cursor: '' },
    );
    await program.go.Shipments.MarkPacked(items[0]!.id);
    await list().getByRole('row').filter({ hasText: before.number }).getByText('Packed').waitFor();
    expect(await topRow()).toEqual(before);
    expect(await axe(page)).toEqual([]);
    await picture('table-news');

    await press(page, 'u');
    await list().getByRole('row').filter({ hasText: 'API-down-2' }).waitFor();
    expect(await scroller().evaluate((box) => box.scrollTop)).toBe(0);
    await news.waitFor({ state: 'detached' });
  });
});

it('looks well in light, dark and at twice the text', async () => {
  for (const theme of ['light', 'dark'] as const) {
    await page.context().close();
    page = await newPage(browser, { colorScheme: theme });
    await open();
    await picture(`table-${theme}`);
    expect(await axe(page)).toEqual([]);
  }
  await page.evaluate(() =>
    localStorage.setItem(
      'packbench.appearance',
      JSON.stringify({ theme: 'light', density: 'regular', fontScale: 200 }),
    ),
  );
  await open();
  expect(await sidewaysScroll(page)).toBe(0);
  await picture('table-200');
});

it('no script failed, and nothing broke the content security policy', () => expect(page.problems).toEqual([]));
