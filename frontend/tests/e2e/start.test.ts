import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, newPage, pictures, serve } from './harness';

let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  site = await serve('dist');
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  site.close();
});

interface Phase {
  state: string;
  new_key?: boolean;
  error?: { code: string; message: string };
}

/** Opens the window on a program in this phase; unlocking takes the passphrase "right". */
async function open(phase: Phase) {
  const page = await newPage(browser);
  await page.addInitScript((first: Phase) => {
    let now: Phase = first;
    const refusal = '{"code":"forbidden","message":"That is not the passphrase.","fields":[]}';
    const base = { version: '1.0.0', data_dir: '/data', api_url: '', api_error: '', vault: 'passphrase', unknown: 0 };
    const System = {
      State: () => Promise.resolve({ ...base, ...now }),
      Unlock: (text: unknown) => {
        if (text !== 'right') return Promise.reject(new Error(refusal));
        now = { state: 'ready' };
        return Promise.resolve(undefined);
      },
    };
    const nothing = new Proxy({}, { get: (_, method) => () => Promise.resolve(method === 'Needed' ? false : []) });
    window.go = { desktop: new Proxy({ System }, { get: (own, name) => (name === 'System' ? own.System : nothing) }) };
  }, phase);
  await page.goto(`${site.url}#/rules`);
  return page;
}

describe('the start', () => {
  it('asks for the passphrase, says when it is wrong, and goes on when it is right', async () => {
    const page = await open({ state: 'locked' });
    const field = page.getByLabel('Passphrase', { exact: true });
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('That is not the passphrase.').waitFor();
    await page.screenshot({ path: join(pictures, 'locked.png') });
    expect(await axe(page)).toEqual([]);
    await field.fill('right');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor();
    await page.context().close();
  });

  it('takes a first passphrase only when it was typed twice', async () => {
    const page = await open({ state: 'locked', new_key: true });
    await page.getByLabel('Passphrase', { exact: true }).fill('right');
    await page.getByLabel('Passphrase, once more', { exact: true }).fill('rihgt');
    await page.getByRole('button', { name: 'Seal with this passphrase' }).click();
    await page.getByText('The two differ.').waitFor();
    await page.getByLabel('Passphrase, once more', { exact: true }).fill('right');
    await page.getByRole('button', { name: 'Seal with this passphrase' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor();
    await page.context().close();
  });

  it('says why it failed', async () => {
    const page = await open({
      state: 'failed',
      error: { code: 'unavailable', message: 'Another window has this folder.' },
    });
    await page.getByText('Another window has this folder.').waitFor();
    await page.screenshot({ path: join(pictures, 'failed.png') });
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});
