import type { IconName } from '$lib/ui/icons';
import type { Command } from './commands.svelte';

/** What was run last, as it is kept on this machine: words only, and where a thing is. */
export interface Recent {
  id: string;
  label: string;
  icon?: IconName;
  place?: string;
}

const storageKey = 'packbench.recent';
const most = 6;

/** What the palette ran, newest first. */
export function recent(): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRecent) : [];
  } catch {
    return [];
  }
}

/** Puts a command first. Its note is left out: it may name a customer. */
export function remember({ id, label, icon, place }: Command): void {
  const list = [{ id, label, icon, place }, ...recent().filter((r) => r.id !== id)].slice(0, most);
  try {
    localStorage.setItem(storageKey, JSON.stringify(list));
  } catch {
    // A web view without storage starts with nothing recent; nothing else depends on it.
  }
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false;
  const { id, label, place } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof label === 'string' && (place === undefined || typeof place === 'string');
}
