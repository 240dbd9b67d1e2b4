import { common } from './common';
import { pages } from './pages';
import { shell } from './shell';

/** The English catalogue: one file a noun. `{name}` is filled in; `{ one, other }` is chosen by `n`. */
export const en = { common, shell, pages } as const;
