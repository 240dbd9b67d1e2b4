import { api } from '$lib/api';
import { t } from '$lib/i18n';
import { toasts } from '$lib/state/toasts.svelte';
import type { account } from '../../../wailsjs/go/models';

/** Puts an account into another group, and offers the way back. */
export async function moveAccount(of: account.Account, group: string, changed: () => void): Promise<account.Account> {
  const { id, group_id: back } = of;
  const moved = await api.Accounts.Move(id, group);
  toasts.show(t('accounts.moved', { name: moved.name, group: moved.group }), {
    undo: async () => {
      await api.Accounts.Move(id, back);
      changed();
    },
  });
  changed();
  return moved;
}
