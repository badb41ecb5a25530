/** What stands in an address, read as what it may be; undefined where it makes no sense, so that a mistyped address shows the list. */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An id, such as the one that a page of a list begins after. */
export function asId(value: string): string | undefined {
  return UUID.test(value) ? value : undefined;
}

/** A day that there is, as `YYYY-MM-DD`. */
export function asDay(value: string): string | undefined {
  if (!DAY.test(value)) return undefined;
  const at = new Date(`${value}T00:00:00Z`);
  // The 31st of February is read as a day of March.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) ? value : undefined;
}

/** Words to search for, at most so many characters. */
export function asWords(charsMax: number): (value: string) => string | undefined {
  return (value) => {
    const words = value.trim();
    return words.length > 0 && words.length <= charsMax ? words : undefined;
  };
}

/** One of those that are known. */
export function asOneOf<T extends string>(known: readonly T[]): (value: string) => T | undefined {
  return (value) => known.find((each) => each === value);
}
