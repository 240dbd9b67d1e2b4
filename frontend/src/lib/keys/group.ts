/** A list in groups, each group where its first member stands. */
export function groupBy<T>(list: readonly T[], name: (item: T) => string): [name: string, items: T[]][] {
  const byName = new Map<string, T[]>();
  for (const item of list) {
    const items = byName.get(name(item));
    if (items) items.push(item);
    else byName.set(name(item), [item]);
  }
  return [...byName];
}
