import type { Reading } from './pending-edits';
import { exactNumber } from './read-number';

/** Texts are matched only to be passed over: digits inside them are no numbers. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** No number that is kept exactly is longer. */
const NUMBER_CHARS_MAX = 400;

/** What is wrong with the first number that reading would change, with the line it is on. */
function changedNumber(text: string): string | null {
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token.startsWith('"')) continue;
    const reading =
      token.length > NUMBER_CHARS_MAX
        ? { wrong: 'This number has more digits than can be kept.' }
        : exactNumber(token, /^-?\d+$/.test(token));
    if (!('wrong' in reading)) continue;
    const line = text.slice(0, index).split('\n').length;
    const shown = token.length > 40 ? `${token.slice(0, 40)}…` : token;
    return `Line ${line}, ${shown}: ${reading.wrong}`;
  }
  return null;
}

/** What a JSON text means; a number that would be rounded is refused. */
export function readJson(text: string): Reading {
  if (text.trim() === '') return { value: undefined };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: 'This is not JSON yet: texts need double quotes, and no comma ends a list.' };
  }
  const wrong = changedNumber(text);
  return wrong === null ? { value } : { wrong };
}
