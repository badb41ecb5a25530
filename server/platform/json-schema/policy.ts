/** Limits that the server's check of an answer and the form's own share. Browser-safe. */

/** Longest pattern we accept, in characters. */
export const PATTERN_CHARS_MAX = 1_000;

/** Decimals to which a number must be a multiple: floats make 1998.9999999999998 of 19.99 / 0.01. */
export const MULTIPLE_DIGITS = 9;

/** Formats whose expressions can take quadratic time see only texts of a length they can bear. */
const FORMAT_CHARS_MAX: Record<string, number> = {
  email: 320,
  hostname: 253,
  uri: 8_192,
  'uri-reference': 8_192,
  'uri-template': 8_192,
  byte: Number.POSITIVE_INFINITY,
  binary: Number.POSITIVE_INFINITY,
  password: Number.POSITIVE_INFINITY,
};
const FORMAT_CHARS_DEFAULT = 2_048;

/** How many characters a text of a format may have. */
export function formatCharsMax(format: string): number {
  return FORMAT_CHARS_MAX[format] ?? FORMAT_CHARS_DEFAULT;
}

/** A plain check of texts from a format's definition, or null where every text is fine. */
export function textCheck(definition: unknown): ((text: string) => boolean) | null {
  if (definition instanceof RegExp) return (text) => definition.test(text);
  if (typeof definition === 'function') return definition as (text: string) => boolean;
  const validate = (definition as { validate?: unknown } | undefined)?.validate;
  return validate === undefined ? null : textCheck(validate);
}
