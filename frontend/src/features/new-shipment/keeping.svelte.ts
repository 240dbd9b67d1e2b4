import { api } from '$lib/api';
import { t } from '$lib/i18n';
import { toasts } from '$lib/state/toasts.svelte';
import type { desktop, draft } from '../../../wailsjs/go/models';

/** The draft that the form is about, where it is one. */
export class Keeping {
  draft = $state.raw<draft.Draft>();

  async save(account: string, order: string): Promise<draft.Draft> {
    this.draft = await api.Drafts.Save({
      id: this.draft?.id ?? '',
      account_id: account,
      account: '',
      order,
      reference: '',
      recipient: '',
      country_iso: '',
      source: '',
      problems: [],
      created_ms: 0,
      updated_ms: 0,
      version: this.draft?.version ?? 0,
    });
    return this.draft;
  }

  /** Buys the order: as the draft it is, or at once. */
  async buy(account: string, order: string): Promise<desktop.CreatedShipment> {
    if (!this.draft) return api.Shipments.Create(account, order);
    const { id, version } = await this.save(account, order);
    return api.Drafts.Buy(id, version);
  }

  /** Keeps what would be lost when the page is left, and says so. */
  async leave(account: string, order: string): Promise<void> {
    const isNew = !this.draft;
    try {
      const { id } = await this.save(account, order);
      const discard = {
        label: t('drafts.discard'),
        run: () => void api.Drafts.Delete([id]).catch((r: unknown) => toasts.fail(r)),
      };
      toasts.show(t('drafts.kept'), isNew ? { action: discard } : {});
    } catch (reason) {
      toasts.fail(reason);
    }
  }
}
