import { accounts } from './accounts';
import { activity } from './activity';
import { audit } from './audit';
import { bulk } from './bulk';
import { common } from './common';
import { contacts } from './contacts';
import { courierpapers } from './courierpapers';
import { couriers } from './couriers';
import { drafts } from './drafts';
import { endofday } from './endofday';
import { firstrun } from './firstrun';
import { health } from './health';
import { imports } from './import';
import { needslook } from './needslook';
import { newshipment } from './newshipment';
import { pages } from './pages';
import { price } from './price';
import { print } from './print';
import { settings } from './settings';
import { shell } from './shell';
import { shipment } from './shipment';
import { shipments } from './shipments';
import { status } from './status';
import { table } from './table';
import { templates } from './templates';
import { trail } from './trail';

/** The English catalogue: one file a noun. `{name}` is filled in; `{ one, other }` is chosen by `n`. */
export const en = {
  accounts,
  activity,
  audit,
  bulk,
  common,
  contacts,
  courierpapers,
  couriers,
  drafts,
  endofday,
  firstrun,
  health,
  imports,
  needslook,
  newshipment,
  pages,
  price,
  print,
  settings,
  shell,
  shipment,
  shipments,
  status,
  table,
  templates,
  trail,
} as const;
