/** The entry at `from`, put before the one at `before`, both counted as they stand. */
export function moved<T>(list: readonly T[], from: number, before: number): T[] {
  const next = [...list];
  const [entry] = next.splice(from, 1) as [T];
  next.splice(before > from ? before - 1 : before, 0, entry);
  return next;
}

export function inserted<T>(list: readonly T[], value: T, before: number): T[] {
  return [...list.slice(0, before), value, ...list.slice(before)];
}

export function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}
