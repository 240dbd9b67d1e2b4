export { default as DataTable } from './DataTable.svelte';
export type { Column, Sort } from './columns';
