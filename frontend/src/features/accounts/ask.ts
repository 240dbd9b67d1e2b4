/** What a row of the accounts can be asked for. */
export type Ask = 'keys' | 'auths' | 'register' | 'edit' | 'move' | 'disable' | 'enable' | 'delete';
