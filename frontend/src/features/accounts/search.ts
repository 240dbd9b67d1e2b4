/** How names are compared in a search: capitals, compatibility forms and space around it don't count. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
