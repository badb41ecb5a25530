/** The text of a field whose value is handed over a moment after it was typed, and comes back later still. */
export interface TypedText {
  /** What stands in the field. */
  text: string;
  /** The field's value as it last came from outside. */
  value: string;
  /** Values that were handed over and have not come back yet, oldest first. */
  sent: readonly string[];
}

export const typedTextOf = (value: string): TypedText => ({ text: value, value, sent: [] });

/** The value that what was typed is to become; undefined where it is that already. */
export function valueToSend({ text, value, sent }: TypedText): string | undefined {
  const next = text.trim();
  return next === (sent.at(-1) ?? value).trim() ? undefined : next;
}

/**
 * After `value` came from outside. One that the field handed over itself leaves what was typed since; any
 * other takes its place.
 */
export function withValue(typed: TypedText, value: string): TypedText {
  const at = typed.sent.indexOf(value);
  return at < 0 ? typedTextOf(value) : { ...typed, value, sent: typed.sent.slice(at + 1) };
}
