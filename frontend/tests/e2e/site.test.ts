import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { seed, ship, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let browser: Browser;
let page: Page & { problems: string[] };

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  await ship(program, seeded, { reference: 'SITE-1' });
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

describe('settings', () => {
  it('are kept', async () => {
    await page.goto(program.at('/settings'));
    await page.getByLabel('Name of this bench').fill('Bench 2, inbound side');
    await press(page, 'Control+s');
    await page.getByText('Settings saved').waitFor();
    const kept = await program.go.Setup.Settings();
    expect(kept.bench_name).toBe('Bench 2, inbound side');
  });

  it('are refused at their field', async () => {
    await page.getByLabel('Time zone').fill('Nowhere');
    await press(page, 'Control+s');
    await page.getByText('"Nowhere" is not a time zone of the IANA list').waitFor();
  });
});

describe('activity', () => {
  it('shows who did what, in full', async () => {
    await page.goto(program.at('/activity?view=audit'));
    await page.getByRole('row').filter({ hasText: 'Settings changed' }).click();
    const panel = page.getByRole('complementary', { name: /^Entry \d+$/ });
    await panel.getByRole('cell', { name: 'Bench 2, inbound side' }).waitFor();
    await press(page, 'Escape');
    await panel.waitFor({ state: 'detached' });
  });
});

describe('every page', () => {
  it.each([
    ['settings', 'Kept on this machine; it changes at once.'],
    ['activity', 'No API requests yet'],
    ['activity?view=audit', 'Settings changed'],
  ])('%s has no finding of axe, and scrolls only downwards', async (path, text) => {
    await page.goto(program.at(`/${path}`));
    await page.getByText(text).first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, `site-${path.replace(/\W/g, '-')}.png`) });
    await page.setViewportSize({ width: 683, height: 384 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.setViewportSize({ width: 1366, height: 768 });
    expect(page.problems).toEqual([]);
  });
});
