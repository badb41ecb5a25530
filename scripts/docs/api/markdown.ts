/** Text for a table cell in MDX. */
export function cell(words: string): string {
  return prose(words).replaceAll('\n', ' ').replaceAll('|', '\\|');
}

/** Text for MDX: escapes what would start a tag or an expression, except within code. */
export function prose(words: string): string {
  return words
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replaceAll('{', '\\{'),
    )
    .join('');
}

export function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
}

const LINE_WIDTH = 80;

/** JSON with everything that fits on one line on one line. */
export function json(value: unknown, indent = ''): string {
  const short = oneLine(value);
  if (indent.length + short.length <= LINE_WIDTH || typeof value !== 'object' || value === null) {
    return short;
  }
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${deeper}${json(item, deeper)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${deeper}${JSON.stringify(key)}: ${json(member, deeper)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${oneLine(member)}`,
  );
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}
