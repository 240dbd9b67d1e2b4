import { accounts } from './accounts';
import { activity } from './activity';
import { audit } from './audit';
import { bulk } from './bulk';
import { common } from './common';
import { couriers } from './couriers';
import { firstrun } from './firstrun';
import { imports } from './import';
import { pages } from './pages';
import { print } from './print';
import { settings } from './settings';
import { shell } from './shell';
import { shipment } from './shipment';
import { shipments } from './shipments';
import { status } from './status';

/** The English catalogue: one file a noun. `{name}` is filled in; `{ one, other }` is chosen by `n`. */
export const en = {
  accounts,
  activity,
  audit,
  bulk,
  common,
  couriers,
  firstrun,
  imports,
  pages,
  print,
  settings,
  shell,
  shipment,
  shipments,
  status,
} as const;
