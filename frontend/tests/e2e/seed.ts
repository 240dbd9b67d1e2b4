import type { account, auth, desktop } from '../../wailsjs/go/models';
import type { Program } from './program';

export interface Seeded {
  group: account.Group;
  account: account.Account;
  auth: auth.Auth;
}

/** Who sends, in made-up places. */
const sender = {
  name: 'Dispatch Desk',
  company_name: 'North Dock Supplies',
  address_1: '1 Sample Quay',
  city: 'Bristol',
  postcode: 'BS1 5AH',
  country_iso: 'GB',
  phone: '+44 117 000 0000',
};

/** One account that can ship: group Web shops, account web-shop-north, Own fleet as Main, live. */
export async function seed(program: Program): Promise<Seeded> {
  const done = await program.go.Setup.Begin({
    group: 'Web shops',
    account: 'web-shop-north',
    sender,
    testing: false,
  } as desktop.FirstRun);
  return { group: done.group, account: done.account, auth: done.auth };
}

interface Changed {
  reference: string;
  ship_to?: Record<string, string | undefined>;
}

/** The sample order under a reference of its own, to another place where one is given. */
export async function sampleOrder(program: Program, { reference, ship_to }: Changed): Promise<string> {
  const order = JSON.parse(await program.go.Setup.SampleOrder()) as { shipment: { ship_to: object } };
  const shipment = { ...order.shipment, reference, ship_to: { ...order.shipment.ship_to, ...ship_to } };
  return JSON.stringify({ ...order, auth_company: 'Main', shipment });
}

/** Buys a label for the sample order; gives its row. */
export async function ship(
  program: Program,
  { account: of }: Seeded,
  change: Changed,
): Promise<desktop.Shipment['row']> {
  const made = await program.go.Shipments.Create(of.id, await sampleOrder(program, change));
  return made.shipment.row;
}

/** The filter that leaves no shipment out. */
export const everything = {
  account_id: '',
  courier: '',
  states: [],
  country_iso: '',
  from_ms: 0,
  to_ms: 0,
  reference: '',
  number: 0,
  dc_request_id: 0,
  email: '',
  tracking_code: '',
  search: '',
  sort: { by: '', ascending: false },
};
