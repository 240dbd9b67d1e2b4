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

/** A picture one pixel wide. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  program = await startProgram();
  seeded = await seed(program);
  browser = await launch();
  page = await newPage(browser);
});
afterAll(async () => {
  await browser.close();
  await program.close();
});

const sheet = () => page.getByRole('region', { name: 'Preview' }).getByRole('img');

/** Does something and waits until another picture is shown. */
async function redrawn(change: () => Promise<unknown>): Promise<void> {
  const before = await sheet().getAttribute('src');
  await change();
  await expect.poll(() => sheet().getAttribute('src')).not.toBe(before);
}

/** Chooses from a list by keys. */
async function choose(label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

describe('the template of all accounts', () => {
  it('is reached from the settings and shows a sample', async () => {
    await page.goto(program.at('/settings'));
    await page.getByRole('link', { name: 'Open document templates' }).click();
    await page.getByRole('img', { name: 'Packing slip, page 1 of 1' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'templates.png') });
  });

  it('is drawn again as it is changed, in another language and on other paper', async () => {
    await redrawn(() => choose('Language of headings', 'German'));
    await redrawn(() => page.getByRole('checkbox', { name: 'Prices' }).click());
    await redrawn(() => page.getByLabel('A message to everybody').fill('Danke für Ihre Bestellung!'));
    await redrawn(() => choose('Paper', '4 × 6 in'));
    await page.getByRole('img', { name: /page 1 of [23]/ }).waitFor();
    await redrawn(() => page.getByRole('button', { name: 'Next page' }).click());
    await page.getByRole('img', { name: /page 2 of/ }).waitFor();
    await redrawn(() => page.getByRole('button', { name: 'Previous page' }).click());
    await redrawn(() => page.getByRole('checkbox', { name: 'As a present' }).click());
    await page.screenshot({ path: join(pictures, 'templates-4x6.png') });
  });

  it('tells at its field what no font can draw, and what is refused', async () => {
    const footer = page.getByLabel('Last line');
    await footer.fill('Made by 𓀀 and friends');
    await page.getByText('the character “𓀀” (U+13000) is in none of the fonts').waitFor();
    expect(await footer.getAttribute('aria-invalid')).toBe('true');
    await footer.fill('northdock.example');
    await page.getByText('U+13000').waitFor({ state: 'detached' });
    await page.getByLabel('VAT number').fill('1'.repeat(51));
    await page.getByText('This has 51 characters and may have at most 50.').waitFor();
    await page.getByLabel('VAT number').fill('GB123456789');
    await page.getByText('may have at most 50').waitFor({ state: 'detached' });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'logo.gif', mimeType: 'image/png', buffer: Buffer.from('GIF89a') });
    await page.getByText('The logo is neither a PNG nor a JPEG').waitFor();
    await page.screenshot({ path: join(pictures, 'templates-refused.png') });
    await redrawn(() =>
      page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png }),
    );
  });

  it('is kept, and the next slip is drawn with it', async () => {
    await press(page, 'Control+s');
    await page.getByText('Template saved').waitFor();
    const kept = await program.go.Templates.Template('');
    expect(kept.version).toBe(1);
    expect(kept.packing_slip).toMatchObject({
      language: 'de',
      paper: '4x6',
      prices: true,
      message: 'Danke für Ihre Bestellung!',
    });
    expect(kept.business.logo as unknown).toBe(png.toString('base64'));
    const row = await ship(program, seeded, { reference: 'TEMPLATE-1' });
    const slip = await program.go.Shipments.Document({
      shipment_id: row.id,
      kind: 'packing-slip',
      format: '',
      dpi: 0,
      copies: 1,
    });
    expect(Buffer.from(slip.base64, 'base64').toString('latin1')).toContain('/MediaBox [0 0 288.00 432.00]');
    await redrawn(() => page.getByLabel('Preview with shipment').fill(String(row.number)));
    expect(page.url()).toContain(`shipment=${row.number}`);
  });

  it('says that prices never leave the invoice, which keeps English', async () => {
    await redrawn(() => page.getByRole('radio', { name: 'Invoice' }).click());
    await page.getByText('The invoice always shows values: customs needs them').waitFor();
    await page.getByLabel('Preview with shipment').fill('');
    await redrawn(() => choose('Second language beside English', 'Polish'));
    await page.screenshot({ path: join(pictures, 'templates-invoice.png') });
    await redrawn(() => choose('Paper', '4 × 6 in'));
    await page.getByRole('img', { name: /Invoice, page 1 of [2-9]/ }).waitFor();
    await page.screenshot({ path: join(pictures, 'templates-invoice-4x6.png') });
    await redrawn(() => page.getByRole('radio', { name: 'Manifest' }).click());
    await page.getByRole('img', { name: 'Manifest, page 1 of 1' }).waitFor();
    await page.getByRole('combobox', { name: 'Paper' }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['A4 or Letter, by country', 'A4', 'US Letter']);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo changes' }).click();
  });
});

describe('the template of a group', () => {
  it('follows until it is saved, and follows again', async () => {
    await page.goto(program.at('/settings/documents'));
    await sheet().waitFor();
    await choose('Template of', 'Web shops');
    await page.getByText('This group follows the template of all accounts.').waitFor();
    await redrawn(() => choose('Language of headings', 'French'));
    await press(page, 'Control+s');
    await page.getByText('Template saved').first().waitFor();
    await expect.poll(() => program.go.Templates.Groups()).toEqual([seeded.group.id]);
    await page.getByRole('button', { name: 'Follow all accounts again' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Let Web shops follow all accounts again?' });
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Follow all accounts again' }).click();
    await page.getByText('This group follows the template of all accounts.').waitFor();
    expect(await program.go.Templates.Groups()).toEqual([]);
  });
});

describe('the default', () => {
  it('comes back for the documents, the business stays', async () => {
    await choose('Template of', /^All accounts/);
    await page.getByRole('button', { name: 'Back to the default' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Back to the default' }).click();
    await expect.poll(async () => (await program.go.Templates.Template('')).packing_slip.language).toBe('en');
    expect((await program.go.Templates.Template('')).business.vat_number).toBe('GB123456789');
  });

  it('leaves a line in the audit for each change', async () => {
    await page.goto(program.at('/activity?view=audit&did=template'));
    await page.getByRole('row').filter({ hasText: 'Document template set back' }).first().waitFor();
    await page.getByRole('row').filter({ hasText: 'Document template changed' }).first().waitFor();
    expect(page.problems).toEqual([]);
  });
});

describe('the page', () => {
  it('works by keys alone, in the dark, and scrolls only downwards', async () => {
    await page.goto(program.at('/settings/documents'));
    await sheet().waitFor();
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    const language = page.getByRole('combobox', { name: 'Language of headings' });
    await language.focus();
    await redrawn(async () => {
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    });
    await expect.poll(() => language.evaluate((field) => field === document.activeElement)).toBe(true);
    // A list that closes gives the focus back a moment later, so steps are not counted.
    const prices = page.getByRole('checkbox', { name: /^Prices/ });
    const reached = async () => {
      await page.keyboard.press('Tab');
      return prices.evaluate((field) => field === document.activeElement);
    };
    await expect.poll(reached).toBe(true);
    await redrawn(() => page.keyboard.press('Space'));
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'templates-dark.png') });
    await page.setViewportSize({ width: 683, height: 384 });
    expect(await sidewaysScroll(page)).toBe(0);
    expect(page.problems).toEqual([]);
  });
});
