export { default as DescriptorForm } from './DescriptorForm.svelte';
export { initialValues, type Field, type FieldValues } from './descriptor';
export { createForm, type Form } from './store.svelte';
export { trim, validate } from './validate';
