import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvLine } from './csv-line';

describe('a line of CSV', () => {
  test('is read back as it was, with quotes, commas and line breaks', () => {
    const values = ['a "b", c', 'two\r\nlines', '', 'ü'];
    expect(parse(csvLine(values))).toEqual([values]);
    expect(parse(csvLine([1.5, null, -3]))).toEqual([['1.5', '', '-3']]);
  });

  test.each([
    ...['=1+1', '+49', '-2', '@SUM(A1)', '\tx', '\rx', '\nx'],
    ...['\n=1+1', '\r\n=1+1', ' =1+1', '  \t +1', '\u00a0@x', '\u3000-1'],
    ...['\ufeff=1+1', '\u200b=1+1', '\u0000=1+1', '\u000b=1+1'],
    ...['＝1+1', '＋1', '－1', '＠x', ' ＝1', '\n＝1'],
  ])('gives a spreadsheet nothing to run: %j', (text) => {
    expect(parse(csvLine([text]))).toEqual([[`'${text}`]]);
  });

  test.each(['a=b', 'a\n=b', ' plain', 'e-mail', '3 - 2', ''])('leaves %j as it is', (text) => {
    expect(parse(csvLine([text, 'x']))).toEqual([[text, 'x']]);
  });
});
