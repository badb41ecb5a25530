/** Those whose label or other words hold every word of the query, the best known by their start first. */
export function matching<T extends { label: string; words?: string }>(
  items: readonly T[],
  query: string,
): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const text = (item: T) => `${item.label} ${item.words ?? ''}`.toLowerCase();
  const starts = (item: T) => item.label.toLowerCase().startsWith(words[0] ?? '');
  return items
    .filter((item) => words.every((word) => text(item).includes(word)))
    .sort((a, b) => Number(starts(b)) - Number(starts(a)));
}
