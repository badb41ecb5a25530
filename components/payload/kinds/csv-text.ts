/** Longer texts are shown as they stand: reading them would hold the page up. */
const CHARS_MAX = 200_000;
const COLUMNS_MAX = 40;

/** Rows of cells, by RFC 4180: quoted cells may hold the separator, line breaks and doubled quotes. */
function readCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]+|"")*)"|([^\n\r]*?))(\r?\n|\r|$|SEP)/.source.replace(
    'SEP',
    separator === '\t' ? '\\t' : separator,
  );
  const cells = new RegExp(cell, 'y');
  for (;;) {
    const found = cells.exec(text);
    if (!found) return [];
    const [, quoted, plain = '', end = ''] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === separator) continue;
    rows.push(row);
    row = [];
    // What follows the last line break is no row.
    if (end === '' || cells.lastIndex >= text.length) return rows;
  }
}

function separatorOf(text: string): string | null {
  const firstLine = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? '';
  const counted = [',', ';', '\t', '|'].map((sign) => ({
    sign,
    count: firstLine.split(sign).length - 1,
  }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  return most && most.count > 0 ? most.sign : null;
}

interface CsvTable {
  head: string[];
  rows: string[][];
}

/** The table that a text is, or null where its rows are not of one width. */
export function csvTableOf(text: string): CsvTable | null {
  if (text.length > CHARS_MAX) return null;
  const separator = separatorOf(text);
  if (separator === null) return null;
  const [head, ...rows] = readCsv(text.replace(/^\ufeff/, ''), separator);
  if (!head || rows.length === 0 || head.length > COLUMNS_MAX) return null;
  return rows.every((row) => row.length === head.length) ? { head, rows } : null;
}

/** Whether a text is evidently a table, whatever its name: several rows and named columns. */
export function looksLikeCsv(text: string): boolean {
  // Prose has a space after its commas.
  if (!/\n./.test(text) || /[,;] /.test(text.replaceAll(/"[^"]*"/g, ''))) return false;
  const table = csvTableOf(text);
  if (!table || table.rows.length < 2 || table.head.length < 2) return false;
  const names = new Set(table.head.map((name) => name.trim()));
  return (
    names.size === table.head.length &&
    [...names].every((name) => name.length <= 40 && /\p{L}/u.test(name))
  );
}
