const unstorable = /\0|\p{Surrogate}/gu;

/** The text as Postgres can store it: NUL and lone surrogates become the replacement character. */
export function storableText(text: string): string {
  return text.replace(unstorable, '\ufffd');
}

/** True for text that Postgres stores unchanged. */
export function isStorable(text: string): boolean {
  return storableText(text) === text;
}
