import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, newPage, press } from './harness';
import { startProgram, type Program } from './program';
import { seed } from './seed';

const many = 20_000;

let program: Program;
let browser: Browser;
let page: Page & { problems: string[] };

/** Thousands of shipments the way a shop brings them: from a file. */
async function importMany(): Promise<void> {
  const { account } = await seed(program);
  const lines = Array.from(
    { length: many },
    (_, i) => `S-${i},Recipient ${i},${(i % 90) + 1} Sample Street,Bristol,BS1 5AH,GB,1.5,Bolts,2`,
  );
  writeFileSync(
    await program.saveAs('orders.csv'),
    ['Order no.,Name,Address,City,Postcode,Country,Weight (kg),Product,Qty', ...lines].join('\n'),
  );
  const { mapping } = await program.go.Imports.Choose();
  const fixed = { ...mapping.fixed, courier: 'OwnFleet', auth_company: 'Main', dc_service_id: 'OF-NEXTDAY' };
  const { counts } = await program.go.Imports.Run(account.id, { ...mapping, fixed });
  expect(counts.made).toBe(many);
}

beforeAll(async () => {
  program = await startProgram();
  await importMany();
  browser = await launch();
}, 600_000);
afterAll(async () => {
  await browser.close();
  await program.close();
});

const list = () => page.getByRole('grid', { name: 'Shipments' });
const scroller = () => list().locator('xpath=..');
const top = () => scroller().evaluate((box) => box.scrollTop);

async function open(): Promise<void> {
  page = await newPage(browser);
  await page.goto(program.at('/shipments'));
  await list().getByRole('row').filter({ hasText: 'S-' }).first().waitFor();
  await list().focus();
}

interface Seen {
  frames: number;
  /** Frames in which some place of the list showed neither a row with its text nor a row that is being fetched. */
  blank: number;
  /** Frames in which a row that is being fetched was in sight. */
  fetching: number;
  rows: number;
}

/** Looks at every frame until `stop` is called. */
async function watch(): Promise<() => Promise<Seen>> {
  await scroller().evaluate((box) => {
    const seen = { frames: 0, blank: 0, fetching: 0, rows: 0, stop: false };
    (window as unknown as { seen: typeof seen }).seen = seen;
    const tops = new Set<number>();
    const look = () => {
      if (seen.stop) return;
      seen.frames++;
      tops.add(Math.round(box.scrollTop / 44));
      seen.rows = tops.size;
      const { bottom } = box.querySelector('th')!.getBoundingClientRect();
      const end = box.getBoundingClientRect().top + box.clientHeight;
      let shown = bottom;
      for (const row of box.querySelectorAll('tbody tr[aria-rowindex]')) {
        const at = row.getBoundingClientRect();
        if (at.top <= shown + 1 && row.querySelector('a')?.textContent) shown = Math.max(shown, at.bottom);
      }
      const coming = box.querySelector('[role=status]')?.getBoundingClientRect();
      const fetching = coming !== undefined && shown < end - 1 && coming.top <= shown + 1;
      if (fetching) shown = coming.bottom;
      const blank = shown < end - 1;
      if (blank) seen.blank++;
      if (fetching) seen.fetching++;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return () =>
    page.evaluate(() => {
      const { seen } = window as unknown as { seen: Seen & { stop: boolean } };
      seen.stop = true;
      return seen;
    });
}

/** Every row that is drawn has all of its cells, and its number; together they cover the list from edge to edge. */
async function whole(): Promise<void> {
  const found = await scroller().evaluate((box) => {
    const heads = box.querySelectorAll('thead th').length;
    const rows = [...box.querySelectorAll<HTMLTableRowElement>('tbody tr[aria-rowindex]')];
    const bad = rows.filter((row) => row.cells.length !== heads || !row.querySelector('a')?.textContent).length;
    const indexes = rows.map((row) => Number(row.getAttribute('aria-rowindex')));
    const gaps = indexes.filter((index, i) => i > 0 && index !== indexes[i - 1]! + 1).length;
    const frame = box.getBoundingClientRect();
    const head = box.querySelector('th')!.getBoundingClientRect();
    const covered =
      rows[0]!.getBoundingClientRect().top <= head.bottom + 1 &&
      (rows.at(-1)!.getBoundingClientRect().bottom >= frame.bottom - 1 ||
        box.querySelector('[role=status]') !== null ||
        box.scrollTop + box.clientHeight >= box.scrollHeight - 1);
    return { rows: rows.length, bad, gaps, covered };
  });
  expect(found).toMatchObject({ bad: 0, gaps: 0, covered: true });
  expect(found.rows).toBeLessThan(120); // however many there are
}

function told(how: string, seen: Seen): void {
  console.info(
    `${how}: ${seen.frames} frames over ${seen.rows} rows, ${seen.blank} blank, ${seen.fetching} with rows being fetched`,
  );
}

describe(`a list of ${many.toLocaleString('en')} shipments`, () => {
  it('is scrolled by the wheel without a blank row', async () => {
    await open();
    const stop = await watch();
    const box = (await scroller().boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 300);
    const begun = Date.now();
    for (let i = 0; Date.now() - begun < 4_000; i++) await page.mouse.wheel(0, i % 40 < 32 ? 480 : -480);
    const seen = await stop();
    told('wheel', seen);
    expect(seen.frames).toBeGreaterThan(0);
    expect(await top()).toBeGreaterThan(0);
    expect(seen.blank).toBe(0);
    await whole();
  });

  it('is scrolled by keys without a blank row', async () => {
    await open();
    const stop = await watch();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('PageDown');
      if (i % 10 === 9) await page.keyboard.press('PageUp');
    }
    for (let i = 0; i < 6; i++) await press(page, 'End');
    await press(page, 'Home', 'End');
    const seen = await stop();
    told('keys', seen);
    expect(seen.blank).toBe(0);
    await whole();
    expect(await list().locator('tr.current').count()).toBe(1);
  });

  it('is dragged to and fro without a blank row', async () => {
    await open();
    for (let i = 0; i < 8; i++) await press(page, 'End'); // some pages are fetched
    const stop = await watch();
    for (const part of [0.5, 0.1, 0.9, 0.3, 1, 0, 0.7, 0.2, 1, 0.4]) {
      await scroller().evaluate((box, to) => void (box.scrollTop = to * (box.scrollHeight - box.clientHeight)), part);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await whole();
    }
    const seen = await stop();
    told('drag', seen);
    expect(seen.blank).toBe(0);
    expect(page.problems).toEqual([]);
  });
});
