/** Longer texts are shown as they stand. */
const CHARS_MAX = 200_000;

/** Whether a text is a JSON object or list with something in it. */
export function isJsonText(text: string): boolean {
  const trimmed = text.trim();
  const ends = `${trimmed[0]}${trimmed.at(-1)}`;
  if (trimmed.length > CHARS_MAX || (ends !== '{}' && ends !== '[]')) return false;
  try {
    return Object.keys(JSON.parse(trimmed) as object).length > 0;
  } catch {
    return false;
  }
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/**
 * A JSON text with a line for each entry. Only its white space changes: numbers stay as they were
 * written, also those that a parser would round.
 */
export function indentJson(text: string): string {
  let out = '';
  let depth = 0;
  let last = '';
  const newLine = () => `\n${'  '.repeat(depth)}`;
  for (const token of text.match(TOKENS) ?? []) {
    const isFirst = last === '{' || last === '[';
    if (token === '}' || token === ']') {
      depth -= 1;
      out += isFirst ? token : newLine() + token;
    } else {
      out += isFirst || last === ',' ? newLine() : '';
      out += token === ':' ? ': ' : token;
    }
    if (token === '{' || token === '[') depth += 1;
    last = token;
  }
  return out;
}
