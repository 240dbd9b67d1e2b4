import type { Component } from 'svelte';
import type { RouteName } from '$lib/router';
import AccountsPage from '../features/accounts/AccountsPage.svelte';
import ActivityPage from '../features/activity/ActivityPage.svelte';
import BenchPage from '../features/bench/BenchPage.svelte';
import ContactsPage from '../features/contacts/ContactsPage.svelte';
import CouriersPage from '../features/couriers/CouriersPage.svelte';
import DraftsPage from '../features/drafts/DraftsPage.svelte';
import EndOfDayPage from '../features/end-of-day/EndOfDayPage.svelte';
import FirstRunPage from '../features/first-run/FirstRunPage.svelte';
import ImportPage from '../features/import/ImportPage.svelte';
import NeedsLookPage from '../features/needs-look/NeedsLookPage.svelte';
import NewShipmentPage from '../features/new-shipment/NewShipmentPage.svelte';
import PrintPage from '../features/print/PrintPage.svelte';
import RulesPage from '../features/rules/RulesPage.svelte';
import SettingsPage from '../features/settings/SettingsPage.svelte';
import ShipmentPage from '../features/shipments/ShipmentPage.svelte';
import ShipmentsPage from '../features/shipments/ShipmentsPage.svelte';
import TemplatesPage from '../features/templates/TemplatesPage.svelte';

/** The page of each route. A page reads its params and query from the router. */
export const pages: Partial<Record<RouteName, Component>> = {
  bench: BenchPage,
  shipments: ShipmentsPage,
  newShipment: NewShipmentPage,
  drafts: DraftsPage,
  needsLook: NeedsLookPage,
  endOfDay: EndOfDayPage,
  import: ImportPage,
  shipment: ShipmentPage,
  accounts: AccountsPage,
  couriers: CouriersPage,
  courier: CouriersPage,
  rules: RulesPage,
  print: PrintPage,
  activity: ActivityPage,
  settings: SettingsPage,
  templates: TemplatesPage,
  contacts: ContactsPage,
  firstRun: FirstRunPage,
};
