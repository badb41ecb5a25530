/**
 * What a spreadsheet may run as a formula: an operator, also full-width, at the start of the cell or
 * behind blanks, line breaks and invisible characters, which some spreadsheets skip; or a tab or a
 * line break in front, which others take for the end of the cell before.
 */
const FORMULA = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;

/**
 * A line of CSV (RFC 4180). Texts that a spreadsheet would run get an apostrophe before them, since
 * what is in them comes from strangers; numbers stay numbers.
 */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
