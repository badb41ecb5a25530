/** Values of at least this many characters are processed individually instead of in a batch. */
export const LARGE_CHARACTERS = 20_000;

/** Whether a JSON value is about this long, determined without serializing it. */
export function isLarge(value: unknown): boolean {
  const left = [value];
  let characters = 0;
  while (left.length > 0 && characters < LARGE_CHARACTERS) {
    const each = left.pop();
    if (typeof each === 'string') characters += each.length;
    else if (Array.isArray(each))
      for (const item of each.slice(0, LARGE_CHARACTERS)) left.push(item);
    else if (each !== null && typeof each === 'object') {
      for (const [key, member] of Object.entries(each)) {
        characters += key.length;
        left.push(member);
      }
    }
    characters += 2;
  }
  return characters >= LARGE_CHARACTERS;
}
