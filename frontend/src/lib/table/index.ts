export { default as DataTable } from './DataTable.svelte';
export { useRows } from './rows.svelte';
export type { Column, Sort } from './columns';
