import type { Command } from './commands.svelte';
import { groupBy } from './group';
import { recent } from './recent';
import { fuzzyMatch, type Match } from './search';

/** A line of the palette. */
export interface Hit {
  command: Command;
  match: Match;
}

/** More lines of one kind than this are a list, not an answer. */
const mostOfGroup = 7;
/** What was used lately stands before what is as good. */
const recentBonus = 3;
const noMatch: Match = { score: 0, marks: new Set() };

/** Everything there is, the recent first, while nothing is typed yet. */
export function restingHits(all: readonly Command[], heading: string, go: (place: string) => void): Hit[] {
  const byId = new Map(all.map((command) => [command.id, command]));
  const lately = recent().flatMap(({ id, label, icon, place }): Command[] => {
    const known = byId.get(id);
    if (known) return [{ ...known, group: heading }];
    return place ? [{ id, label, icon, place, group: heading, run: () => go(place) }] : [];
  });
  const ids = new Set(lately.map((command) => command.id));
  return [...lately, ...all.filter((command) => !ids.has(command.id))].map((command) => ({ command, match: noMatch }));
}

/** The hits of a query, in groups, each group where its best hit stands: the first line is always the best. */
export function searchHits(query: string, all: readonly Command[]): [group: string, hits: Hit[]][] {
  const lately = new Set(recent().map((r) => r.id));
  const found: Hit[] = [];
  for (const command of all) {
    const match = fuzzyMatch(query, command.label) ?? fuzzyMatch(query, `${command.label} ${command.words ?? ''}`);
    if (!match) continue;
    const score = match.score + (lately.has(command.id) ? recentBonus : 0);
    found.push({ command, match: { ...match, score } });
  }
  found.sort((a, b) => b.match.score - a.match.score);
  return groupBy(found, (hit) => hit.command.group).map(([name, hits]) => [name, hits.slice(0, mostOfGroup)]);
}
