import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, press, sidewaysScroll } from './harness';
import { startProgram, type Program } from './program';
import { seed, ship, type Seeded } from './seed';

let program: Program;
let seeded: Seeded;
let folder: string;
let browser: Browser;
let page: Page & { problems: string[] };

const token = { scopes: [], expires_ms: 0, testing: false, value: '' };
const longName = 'order-system-of-the-warehouse-beyond-the-river-hil';

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  const { go } = program;
  folder = (await go.System.State()).data_dir;
  await go.Accounts.RenameGroup(seeded.group.id, 'Market places');
  const made = await go.Accounts.CreateToken({ ...token, account_id: seeded.account.id, name: '=cmd|till' });
  await go.Accounts.RevealToken(made.token.id);
  await go.Accounts.CreateToken({ ...token, account_id: seeded.account.id, name: longName });
  const other = await go.Accounts.Create({
    group_id: seeded.group.id,
    group_name: '',
    name: 'counter',
    key: '',
    default_sender: {},
  });
  await go.Accounts.SetDisabled(other.account.id, true);
  const row = await ship(program, seeded, { reference: 'AUDIT-1' });
  await go.Shipments.Cancel(row.id);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

/** Changes the database past the program, as a person with the file could. */
function outside(sql: string): void {
  const guards = 'DROP TRIGGER IF EXISTS audit_is_never_changed; DROP TRIGGER IF EXISTS audit_is_never_deleted;';
  execFileSync('sqlite3', [join(folder, 'packbench.db'), `.timeout 5000\n`, `${guards} ${sql}`]);
}

const table = () => page.getByRole('grid', { name: 'Audit' });
const rows = () =>
  table()
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
const open = (path = '/activity?view=audit') => page.goto(program.at(path));

/** In every theme: a picture, and nothing that axe finds. */
async function look(name: string): Promise<void> {
  for (const theme of ['dark', 'contrast', 'light']) {
    await page.evaluate((to) => document.documentElement.setAttribute('data-theme', to), theme);
    await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
    expect(await axe(page), theme).toEqual([]);
  }
}

/** Chooses one value of a filter with the keyboard's help only where the list needs it. */
async function choose(filter: string, value: string): Promise<void> {
  await page.getByRole('button', { name: filter }).click();
  await page.getByRole('group', { name: filter, exact: true }).getByLabel(value, { exact: true }).click();
  await page.keyboard.press('Escape');
}

describe('the audit', () => {
  it('says who did what to which thing, when and from where, in words', async () => {
    await open();
    const revealed = rows().filter({ hasText: 'Token revealed' });
    await revealed.waitFor();
    const { actor } = (await program.go.Activity.Audit(none, { limit: 1, cursor: '' })).items[0]!;
    const cells = await revealed.getByRole('gridcell').allTextContents();
    expect(cells.map((c) => c.trim())).toEqual([
      expect.stringMatching(/^\d+ \w+ \d\d:\d\d:\d\d$/),
      actor,
      'Token revealed',
      '=cmd|till',
      'web-shop-north',
      'Window',
    ]);
    await rows().filter({ hasText: 'Shipment cancelled' }).waitFor();
    await rows().filter({ hasText: 'Account disabled' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await page.screenshot({ path: join(pictures, 'audit.png') });
  });

  it('shows before and after side by side, and no secret', async () => {
    await rows().filter({ hasText: 'Group renamed' }).click();
    const values = page.getByRole('table', { name: 'Before and after' });
    const line = values.getByRole('row').filter({ hasText: 'Market places' });
    expect(await line.getByRole('cell').allTextContents()).toEqual(['Web shops', 'Market places'].map(spaced));
    expect(await line.getByRole('rowheader').textContent()).toContain('changed');
    await look('audit-entry');
    await press(page, 'Escape');
    await values.waitFor({ state: 'detached' });
    const all = await program.go.Activity.Audit(none, { limit: 500, cursor: '' });
    expect(JSON.stringify(all)).not.toMatch(/pk[at]_(live|test)_[0-9A-Za-z]{20}/);
  });

  it('is walked and read with the keyboard alone', async () => {
    await table().focus();
    await press(page, 'Home', 'j', 'k', 'Enter');
    const panel = page.getByRole('complementary', { name: /^Entry \d+$/ });
    await panel.getByText('Shipment cancelled').waitFor();
    await press(page, 'Escape');
    await panel.waitFor({ state: 'detached' });
    await press(page, '/');
    await page.keyboard.type('MARKET');
    await press(page, 'Enter');
    await expect.poll(() => rows().count()).toBe(1);
    await press(page, 'Escape');
    await expect.poll(() => rows().count()).toBeGreaterThan(5);
  });

  it('can be narrowed by who, what, account, door and days, and keeps that over a reload', async () => {
    await choose('What', 'Anything with: token');
    await expect.poll(() => rows().count()).toBe(3);
    await choose('What', 'Token revealed');
    await expect.poll(() => rows().count()).toBe(1);
    await page.reload();
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await choose('From where', 'Packbench itself');
    await rows().filter({ hasText: 'Audit started' }).waitFor();
    await expect.poll(() => rows().count()).toBe(1);
    await choose('API account', 'counter');
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    await page.screenshot({ path: join(pictures, 'audit-none.png') });
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await choose('API account', 'counter');
    await rows().filter({ hasText: 'Account disabled' }).waitFor();
    expect(await rows().filter({ hasText: 'Token' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('From', { exact: true }).fill('2001-01-01');
    await page.getByLabel('To', { exact: true }).fill('2001-01-02');
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    await page.getByLabel('To', { exact: true }).fill('2998-01-01');
    await rows().filter({ hasText: 'Token revealed' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
  });

  it('saves what is filtered as CSV that no spreadsheet runs', async () => {
    await open('/activity?view=audit&did=token.reveal');
    await expect.poll(() => rows().count()).toBe(1);
    const path = await program.saveAs('audit.csv');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page.getByText(`1 entry saved to ${path}`).waitFor();
    const text = readFileSync(path, 'utf8');
    const lines = text.split('\r\n');
    expect(text.startsWith('\uFEFFnumber,time_utc,who,')).toBe(true);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(",token.reveal,token,'=cmd|till,");
    await open();
    await rows().filter({ hasText: 'Audit exported' }).waitFor();
  });

  it('keeps its place while more is loaded', async () => {
    for (let i = 0; i < 130; i++) await program.go.Accounts.SetDisabled(seeded.account.id, i % 2 === 0);
    await open('/activity?view=audit&account=' + seeded.account.id);
    await rows().filter({ hasText: 'Account enabled' }).first().waitFor();
    await table().focus();
    await press(page, ...Array<string>(14).fill('PageDown'));
    const reached = await table().getAttribute('aria-activedescendant');
    await expect.poll(async () => Number(await table().getAttribute('aria-rowcount'))).toBeGreaterThan(130);
    expect(await table().getAttribute('aria-activedescendant')).toBe(reached);
  });

  it('is found whole', async () => {
    await open();
    await page.getByRole('button', { name: 'Verify' }).click();
    const verdict = page.getByRole('status').filter({ hasText: 'as Packbench wrote it' });
    await verdict.getByText(/^.*\d+ entries checked, whole\.$/).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'audit-whole.png') });
    await page.getByRole('button', { name: 'Hide the verdict' }).click();
    await verdict.waitFor({ state: 'detached' });
  });

  it('tells which entry was changed outside Packbench, and what was cut off', async () => {
    outside(`UPDATE audit SET actor = 'nobody' WHERE seq = 7`);
    await page.getByRole('button', { name: 'Verify' }).click();
    const verdict = page.getByRole('alert');
    await verdict.getByText(/^Entry 7 of \d+ \w+ was changed outside Packbench\.$/).waitFor();
    outside(`DELETE FROM audit WHERE seq > (SELECT max(seq) - 2 FROM audit) OR seq = 9`);
    await page.getByRole('button', { name: 'Verify' }).click();
    await verdict.getByText(/^Entry 9: removed\./).waitFor();
    await verdict.getByText(/^Entries \d+ to \d+, at the end: removed\./).waitFor();
    await look('audit-broken');
  });

  it('says so when the note of its end is gone', async () => {
    rmSync(join(folder, 'packbench.anchor'));
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('alert').getByText('The note of where the audit ends').waitFor();
    expect(page.problems).toEqual([]);
  });
});

const none = { account_id: '', actor: '', action: '', door: '', subject_id: '', subject: '', from_ms: 0, to_ms: 0 };

/** The text of a cell as the table draws it. */
function spaced(text: string): unknown {
  return expect.stringMatching(new RegExp(`^\\s*${text}\\s*$`));
}
