/** JSON values as they are written in a programming language. */

/** Lines of a list or an object, one level further in. */
function block(open: string, close: string, lines: string[], indent: string): string {
  if (lines.length === 0) return open + close;
  const inner = `${indent}    `;
  return `${open}\n${lines.map((line) => inner + line).join(',\n')},\n${indent}${close}`;
}

/** A value in Python: `True`, `None`, and text that survives in a file of any encoding. */
export function pythonLiteral(value: unknown, indent = ''): string {
  const inner = `${indent}    `;
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return pythonText(value);
  if (Array.isArray(value)) {
    return block(
      '[',
      ']',
      value.map((item) => pythonLiteral(item, inner)),
      indent,
    );
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => `${pythonText(key)}: ${pythonLiteral(item, inner)}`,
    );
    return block('{', '}', entries, indent);
  }
  return String(value);
}

/** Every escape of a JSON text means the same in Python. */
function pythonText(text: string): string {
  return withPlainControls(JSON.stringify(text));
}

/** Characters that nobody sees are written by their number, so that they survive copying. */
const UNSEEN = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]/g;

export function withPlainControls(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value in TypeScript: JSON, with names that a programmer would not put in quotation marks. */
export function typescriptLiteral(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof value === 'string') return withPlainControls(JSON.stringify(value));
  if (Array.isArray(value)) {
    return wrap(
      '[',
      ']',
      value.map((item) => typescriptLiteral(item, inner)),
      indent,
    );
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${typescriptName(key)}: ${typescriptLiteral(item, inner)}`,
    );
    return wrap('{', '}', entries, indent);
  }
  return JSON.stringify(value);
}

function wrap(open: string, close: string, lines: string[], indent: string): string {
  if (lines.length === 0) return open + close;
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')},\n${indent}${close}`;
}

function typescriptName(key: string): string {
  // In a literal this name would set the prototype instead of a field.
  if (key === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : withPlainControls(JSON.stringify(key));
}

/** A value in Go, as an `any`: maps, slices and what is in them. */
export function goLiteral(value: unknown, indent = ''): string {
  const inner = `${indent}\t`;
  if (value === null) return 'nil';
  if (typeof value === 'string') return goTextLiteral(value);
  if (typeof value === 'number') return goNumber(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]any{}';
    const items = value.map((item) => `${inner}${goLiteral(item, inner)},\n`);
    return `[]any{\n${items.join('')}${indent}}`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => `${inner}${goTextLiteral(key)}: ${goLiteral(item, inner)},\n`,
    );
    return entries.length === 0
      ? 'map[string]any{}'
      : `map[string]any{\n${entries.join('')}${indent}}`;
  }
  return String(value);
}

/** A whole number that no int holds has to be written as a float. */
function goNumber(value: number): string {
  const text = String(value);
  return Number.isSafeInteger(value) || /[.e]/.test(text) ? text : `${text}.0`;
}

/** A text in Go between double quotes; half a character, which Go cannot hold, becomes U+FFFD. */
export function goTextLiteral(text: string): string {
  return withPlainControls(JSON.stringify(text.toWellFormed()));
}

/** A text in Go, between back quotes where it has none, so that JSON stays as readable as it is. */
export function goText(text: string): string {
  const plain = withPlainControls(text);
  return plain
    .split('`')
    .map((part) => `\`${part}\``)
    .join(' + "`" + ');
}

/** A text for a POSIX shell. */
export function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same between double quotes, where nothing in it is to be expanded. */
export function shellDoubleQuoted(text: string): string {
  return `"${text.replace(/["$`\\]/g, '\\$&')}"`;
}
