import type * as Accounts from '../../../wailsjs/go/desktop/Accounts';
import type * as Activity from '../../../wailsjs/go/desktop/Activity';
import type * as Auths from '../../../wailsjs/go/desktop/Auths';
import type * as Bulk from '../../../wailsjs/go/desktop/Bulk';
import type * as Contacts from '../../../wailsjs/go/desktop/Contacts';
import type * as Couriers from '../../../wailsjs/go/desktop/Couriers';
import type * as Drafts from '../../../wailsjs/go/desktop/Drafts';
import type * as Exports from '../../../wailsjs/go/desktop/Exports';
import type * as Imports from '../../../wailsjs/go/desktop/Imports';
import type * as Manifests from '../../../wailsjs/go/desktop/Manifests';
import type * as Presets from '../../../wailsjs/go/desktop/Presets';
import type * as Prices from '../../../wailsjs/go/desktop/Prices';
import type * as Printing from '../../../wailsjs/go/desktop/Printing';
import type * as Setup from '../../../wailsjs/go/desktop/Setup';
import type * as Shipments from '../../../wailsjs/go/desktop/Shipments';
import type * as System from '../../../wailsjs/go/desktop/System';
import type * as Templates from '../../../wailsjs/go/desktop/Templates';
import type * as Views from '../../../wailsjs/go/desktop/Views';
import type { desktop } from '../../../wailsjs/go/models';

/**
 * What the screens may ask of the program: the structs bound in backend/doors/desktop, with their types as generated
 * from Go. Every method rejects with an ApiError.
 */
export interface Port {
  Accounts: typeof Accounts;
  Activity: typeof Activity;
  Auths: typeof Auths;
  Bulk: typeof Bulk;
  Contacts: typeof Contacts;
  Couriers: typeof Couriers;
  Drafts: typeof Drafts;
  Exports: typeof Exports;
  Imports: typeof Imports;
  Manifests: typeof Manifests;
  Presets: typeof Presets;
  Prices: typeof Prices;
  Printing: typeof Printing;
  Setup: typeof Setup;
  Shipments: typeof Shipments;
  System: typeof System;
  Templates: typeof Templates;
  Views: typeof Views;
}

export type SystemState = desktop.State;
