/** Shared by the server's and the form's validation of answers. Browser-safe. */

/** Maximum length of a pattern in characters. */
export const PATTERN_CHARS_MAX = 4_000;

/** Escapes that mean the same with and without Unicode mode. */
const PLAIN_ESCAPE = /[dDwWsSbBtnrvfcxuk0-9]/;
/** What Unicode mode lets be escaped. */
const STRICT_ESCAPE = /[A-Za-z0-9^$\\.*+?()[\]{}|/]/;

/**
 * Compiles a pattern for the built-in engine in Unicode mode, as JSON Schema requires. Needless
 * escapes (`\-`, `\'`), which that mode rejects, are read as the character; other legacy syntax is
 * only accepted if it escapes no letter that would silently be read literally, such as Python's
 * `\Z`. Compiling is fast; running may not terminate.
 * @throws SyntaxError
 */
export function compileOrdinaryPattern(source: string): RegExp {
  const rewritten = source.replace(/\\(.)/gsu, (whole, char: string) =>
    STRICT_ESCAPE.test(char) ? whole : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
  try {
    return new RegExp(rewritten, 'u');
  } catch (error) {
    const escaped = [...source.matchAll(/\\([A-Za-z0-9])/g)].map(([, char = '']) => char);
    if (escaped.every((char) => PLAIN_ESCAPE.test(char))) return new RegExp(source);
    throw error;
  }
}

/** Decomposes a finite number as written: `digits` × 10 ^ `exponent`. */
function decimalOf(value: number): { digits: bigint; exponent: number } {
  const [mantissa = '0', power = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/**
 * Whether a number is a multiple of `step` in decimal arithmetic: 2000000.13 is a multiple of 0.01,
 * although the floats do not divide evenly.
 */
export function isMultipleOf(value: number, step: number): boolean {
  if (!Number.isFinite(value) || !(step > 0)) return false;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return value % step === 0;
  const dividend = decimalOf(value);
  const divisor = decimalOf(step);
  const shift = dividend.exponent - divisor.exponent;
  return shift >= 0
    ? (dividend.digits * 10n ** BigInt(shift)) % divisor.digits === 0n
    : dividend.digits % (divisor.digits * 10n ** BigInt(-shift)) === 0n;
}

/** Length limits for formats whose expressions can take quadratic time. */
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

/** Maximum length of a text of a format. */
export function formatCharsMax(format: string): number {
  return FORMAT_CHARS_MAX[format] ?? FORMAT_CHARS_DEFAULT;
}

/** The check of a format's definition, or null if every text is valid. */
export function textCheck(definition: unknown): ((text: string) => boolean) | null {
  if (definition instanceof RegExp) return (text) => definition.test(text);
  if (typeof definition === 'function') return definition as (text: string) => boolean;
  const validate = (definition as { validate?: unknown } | undefined)?.validate;
  return validate === undefined ? null : textCheck(validate);
}
