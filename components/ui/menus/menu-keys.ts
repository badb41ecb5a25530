/**
 * The item of a menu that a key leads to; null where it leads nowhere. Arrows go round, and a letter goes to the next item
 * that begins with it.
 * @param names the items' words, in order
 * @param at the item that has the cursor; -1 for none
 */
export function itemForKey(key: string, names: readonly string[], at: number): number | null {
  const count = names.length;
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (Math.max(at, 0) - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
  }
  if (key.length !== 1 || key === ' ') return null;
  const order = names.map((_, step) => (at + 1 + step) % count);
  return order.find((item) => names[item]?.toLowerCase().startsWith(key.toLowerCase())) ?? null;
}
