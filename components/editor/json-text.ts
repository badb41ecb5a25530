/** A text that should be JSON: what it says, or what is wrong with it. */
export type JsonReading = { ok: true; value: unknown } | { ok: false; fault: string };

/** Reads JSON, and says in a sentence what keeps a text from being it. */
export function readJsonText(text: string): JsonReading {
  if (text.trim() === '') return { ok: false, fault: 'Nothing is written here yet.' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    return { ok: false, fault: `${placeOf(said, text)}${wordsOf(said)}` };
  }
}

/** Engines tell the place as an offset, as line and column, or not at all. */
function placeOf(said: string, text: string): string {
  const offset = /position (\d+)/.exec(said)?.[1];
  const named = /line (\d+) column (\d+)/.exec(said);
  if (offset === undefined) return named ? `Line ${named[1]}, column ${named[2]}: ` : 'Not JSON: ';
  const lines = text.slice(0, Number(offset)).split('\n');
  return `Line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}: `;
}

function wordsOf(said: string): string {
  if (/end of (JSON|data)/i.test(said)) return 'the JSON ends too early; something is not closed.';
  const words = said
    .replace(/^JSON\.parse: /, '')
    .replace(/ in JSON at position.*$/s, '')
    .replace(/ at line \d+ column \d+.*$/s, '')
    .replace(/, (\.\.\.)?"[\s\S]*"(\.\.\.)? is not valid JSON$/, '');
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}.`;
}

/** The steps of a JSON Pointer (RFC 6901). */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A value as people edit it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? '';
}
