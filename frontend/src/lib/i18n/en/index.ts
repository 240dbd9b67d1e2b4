import { accounts } from './accounts';
import { common } from './common';
import { couriers } from './couriers';
import { firstrun } from './firstrun';
import { pages } from './pages';
import { shell } from './shell';
import { shipments } from './shipments';
import { status } from './status';

/** The English catalogue: one file a noun. `{name}` is filled in; `{ one, other }` is chosen by `n`. */
export const en = { accounts, common, couriers, firstrun, pages, shell, shipments, status } as const;
