import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvLine } from './csv-line';

describe('a line of CSV', () => {
  test('is read back as it was, with quotes, commas and line breaks', () => {
    const values = ['a "b", c', 'two\r\nlines', '', 'ü'];
    expect(parse(csvLine(values))).toEqual([values]);
    expect(parse(csvLine([1.5, null, -3]))).toEqual([['1.5', '', '-3']]);
  });

  test.each(['=1+1', '+49', '-2', '@SUM(A1)', '\tx', '\rx'])(
    'gives a spreadsheet nothing to run: %j',
    (text) => {
      expect(parse(csvLine([text]))).toEqual([[`'${text}`]]);
    },
  );
});
