/**
 * Text that a spreadsheet may execute as a formula: an operator, also full-width, at the start of
 * the cell or after blanks, line breaks and invisible characters, which some spreadsheets skip; or
 * a leading tab or line break, which others treat as the end of the previous cell.
 */
const FORMULA = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;

/**
 * A line of CSV (RFC 4180). Text that a spreadsheet would execute is prefixed with an apostrophe,
 * because it is untrusted; numbers are unchanged.
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
