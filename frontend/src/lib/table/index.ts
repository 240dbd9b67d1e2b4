export { default as ColumnsDialog } from './ColumnsDialog.svelte';
export { default as DataTable } from './DataTable.svelte';
export { default as OrderList } from './OrderList.svelte';
export { useRows } from './rows.svelte';
export { ColumnLayout } from './layout.svelte';
export { columnsThatFit, type Column, type Sort } from './columns';
