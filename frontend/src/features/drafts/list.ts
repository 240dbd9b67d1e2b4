import type { Query } from '$lib/router';
import type { draft } from '../../../wailsjs/go/models';

export const everyDraft: draft.Filter = { account_id: '', source: '', search: '' };

export function filterOf(query: Query<'drafts'>): draft.Filter {
  return {
    account_id: query.account ?? '',
    source: query.source ?? '',
    search: query.q ?? '',
    waiting: !!query.waiting,
  };
}

/** The file that a draft was imported from, "" for one that was typed. */
export function fileOf(source: string): string {
  return source.startsWith('import:') ? source.slice('import:'.length) : '';
}
