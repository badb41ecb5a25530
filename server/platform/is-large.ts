/** Characters from which a value is dealt with alone: all that shares a call is dealt with in one turn. */
export const LARGE_CHARACTERS = 20_000;

/** Whether a JSON value is about as long as that or longer, found out without writing it. */
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
