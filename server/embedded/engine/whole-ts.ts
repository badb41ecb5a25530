/** A number after `"ts":` written with a fraction or an exponent. */
const CANDIDATE = /"ts"\s*:\s*-?\d+(?:\.|e)/i;
const AT_TS = /"ts"\s*:\s*(-?\d+(?:\.\d*)?(?:e[+-]?\d+)?)/iy;

/**
 * Finds an event's `ts` written as `1795455349688.0` or `1.795e12`: the real server rejects that
 * text, and once parsed it is indistinguishable from an integer.
 * @param text the request, which is valid JSON: one event or an array.
 * @returns the number as written, or undefined.
 */
export function findUnwholeTs(text: string): string | undefined {
  if (!CANDIDATE.test(text)) return undefined;
  const eventDepth = text.trimStart().startsWith('[') ? 2 : 1;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"') {
      AT_TS.lastIndex = at;
      const written = depth === eventDepth ? AT_TS.exec(text)?.[1] : undefined;
      if (written && /[.e]/i.test(written)) return written;
      at = endOfString(text, at);
    }
  }
  return undefined;
}

/** The index of the quotation mark that ends the string starting at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
