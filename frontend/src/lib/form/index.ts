export { default as DescriptorForm } from './DescriptorForm.svelte';
export { initialValues, type Field, type FieldValues, type Kept } from './descriptor';
export { createForm, type Form } from './store.svelte';
export { trim, validate } from './validate';
export {
  checkAccountName,
  checkCompany,
  checkGroupName,
  checkKeyValue,
  checkTokenName,
  checkTokenValue,
} from './rules';
