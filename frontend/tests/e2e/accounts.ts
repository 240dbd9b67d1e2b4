import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { account } from '../../wailsjs/go/models';
import { launch, newPage, press } from './harness';
import { startProgram, type Program } from './program';
import { sampleOrder, seed, type Seeded } from './seed';

/** What the tests of API accounts share: the program with group Web shops, account web-shop-north, Own fleet as Main. */
export class AccountsBench {
  program!: Program;
  seeded!: Seeded;
  page!: Page & { problems: string[] };
  #browser!: Browser;

  /** Starts it before the tests of a file and ends it after them; there is the courier Sample Parcels beside Own fleet. */
  static use(): AccountsBench {
    const bench = new AccountsBench();
    beforeAll(async () => {
      bench.program = await startProgram(['-sample-courier']);
      bench.seeded = await seed(bench.program);
      bench.#browser = await launch();
      bench.page = await newPage(bench.#browser);
    });
    afterAll(async () => {
      await bench.#browser.close();
      await bench.program.close();
    });
    return bench;
  }

  toast = (text: string): Promise<void> => this.page.getByText(text, { exact: true }).waitFor();
  dialog = (name: string): Locator => this.page.getByRole('dialog', { name, exact: true });
  question = (name: string): Locator => this.page.getByRole('alertdialog', { name, exact: true });
  card = (name: string): Locator => this.page.getByRole('link', { name, exact: true });
  /** The row of an account in the open list. */
  account = (name: string): Locator =>
    this.page.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) });

  /** Comes from nothing: another hash alone would leave open what is open. */
  async go(path = '/accounts'): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(this.program.at(path));
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  async openGroup(name: string): Promise<void> {
    await this.go();
    await this.card(name).click();
    await this.page.getByRole('region', { name, exact: true }).waitFor();
  }

  async choose(of: string, action: string): Promise<void> {
    await this.account(of).getByRole('button', { name: 'Actions' }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  async pick(within: Locator, label: string, option: string): Promise<void> {
    await within.getByRole('combobox', { name: label }).click();
    await this.page.getByRole('option', { name: option }).click();
  }

  /** Closes the dialog on top, and waits until it is gone. */
  async close(name: string): Promise<void> {
    await press(this.page, 'Escape');
    await this.dialog(name).waitFor({ state: 'detached' });
  }

  /** Makes a group and gives its id. */
  async group(name: string): Promise<string> {
    return (await this.program.go.Accounts.CreateGroup(name)).id;
  }

  /** Makes an account and gives its id. */
  async make(name: string, group_id = this.seeded.group.id): Promise<string> {
    const made = await this.program.go.Accounts.Create({ group_id, group_name: '', name, key: '', default_sender: {} });
    return made.account.id;
  }

  /** The first account whose name holds the text. */
  async find(search: string): Promise<account.Account> {
    const filter = { group_id: '', search, in_groups: false };
    return (await this.program.go.Accounts.List(filter, { limit: 1, cursor: '' })).items[0]!;
  }

  /** Makes a token of web-shop-north and gives its value. */
  async token(name: string): Promise<string> {
    const of = { account_id: this.seeded.account.id, scopes: [], testing: false, expires_ms: 0, value: '' };
    return (await this.program.go.Accounts.CreateToken({ ...of, name })).value;
  }

  /** Registers Sample Parcels as Main, live, and sends an order whose outcome nobody knows. */
  async sendIntoTheDark(account_id: string): Promise<void> {
    const { go } = this.program;
    const fields = { client_id: 'shop-1', client_secret: 'a secret of the tests', account_number: '123456' };
    const auth = {
      account_id,
      courier: 'SampleParcels',
      company: 'Main',
      testing: false,
      tracking_only: false,
      fields,
    };
    await go.Auths.Register(auth);
    const order = JSON.parse(await sampleOrder(this.program, { reference: 'UNKNOWN' })) as { shipment: object };
    const ship_from = this.seeded.account.default_sender;
    const shipment = { ...order.shipment, dc_service_id: 'SP-STANDARD', ship_from, courier: { depot: 'LDS' } };
    const sent = JSON.stringify({ ...order, courier: 'SampleParcels', shipment });
    await expect(go.Shipments.Create(account_id, sent)).rejects.toThrow('"code":"unknown"');
  }

  /** Asks the HTTP API for something any key or token may read; gives the status. */
  async signIn(secret: string, from = 'order-bridge/2.1'): Promise<number> {
    const { api_url } = await this.program.go.System.State();
    const headers = { Authorization: `Bearer ${secret}`, 'user-agent': from };
    return (await fetch(`${api_url}/api/couriers/v1/list-couriers`, { headers })).status;
  }

  /** Buys a label through the HTTP API; gives the status. */
  async buy(token: string, reference: string): Promise<number> {
    const { api_url } = await this.program.go.System.State();
    const headers = { 'content-type': 'application/json', 'api-user': 'web-shop-north', 'api-token': token };
    const body = await sampleOrder(this.program, { reference });
    const answer = await fetch(`${api_url}/api/couriers/v1/OwnFleet/create-label`, { method: 'POST', headers, body });
    return answer.status;
  }
}

/** The last test of a file. */
export function nothingFailed(bench: AccountsBench): void {
  it('no script failed, and nothing broke the content security policy', () => expect(bench.page.problems).toEqual([]));
}
