import { describe, expect, it } from 'vitest';
import { chatMessagesOf } from './chat-messages';
import { csvTableOf, looksLikeCsv } from './csv-text';
import { indentJson, isJsonText } from './json-text';
import { isUnifiedDiff, patchLines } from './unified-diff';

describe('CSV', () => {
  it('is read with quotes, line breaks in cells, and any usual separator', () => {
    expect(csvTableOf('id,name\r\n1,"Ann, ""A"""\r\n2,"two\nlines"\r\n')).toEqual({
      head: ['id', 'name'],
      rows: [
        ['1', 'Ann, "A"'],
        ['2', 'two\nlines'],
      ],
    });
    expect(csvTableOf('a;b\n1,5;2\n')?.rows).toEqual([['1,5', '2']]);
    expect(csvTableOf('a\tb\n\t2')?.rows).toEqual([['', '2']]);
    expect(csvTableOf('a,b,c\n,,\n1,2,3')?.rows).toEqual([
      ['', '', ''],
      ['1', '2', '3'],
    ]);
  });

  it('is no table where rows differ in width, and prose is none', () => {
    expect(csvTableOf('a,b\n1,2,3')).toBeNull();
    expect(csvTableOf('one line')).toBeNull();
    expect(looksLikeCsv('id,name\n1,Ann\n2,Bo')).toBe(true);
    expect(looksLikeCsv('Dear Ann, thanks\nI wrote, you read\nAll well, Bo')).toBe(false);
    expect(looksLikeCsv('roses,violets\nred,blue')).toBe(false);
  });
});

describe('a unified diff', () => {
  const diff = `diff --git a/x b/x
--- a/x
+++ b/x
@@ -1,3 +1,3 @@ main
 same
--- dashes
+++ pluses
 end
\\ No newline at end of file
@@ -9 +9,2 @@
 nine
+ten
`;
  it('is told by its hunks', () => {
    expect(isUnifiedDiff(diff)).toBe(true);
    expect(isUnifiedDiff('@@ me -1')).toBe(false);
  });

  it('numbers its lines, and takes signs inside a hunk for what they are there', () => {
    expect(
      patchLines(diff).map(({ kind, text, before, after }) => [kind, text, before, after]),
    ).toEqual([
      ['file', 'diff --git a/x b/x', null, null],
      ['file', '--- a/x', null, null],
      ['file', '+++ b/x', null, null],
      ['hunk', '@@ -1,3 +1,3 @@ main', null, null],
      ['same', 'same', 1, 1],
      ['removed', '-- dashes', 2, null],
      ['added', '++ pluses', null, 2],
      ['same', 'end', 3, 3],
      ['file', '\\ No newline at end of file', null, null],
      ['hunk', '@@ -9 +9,2 @@', null, null],
      ['same', 'nine', 9, 9],
      ['added', 'ten', null, 10],
    ]);
  });
});

describe('JSON in a text', () => {
  it('is told from text in brackets', () => {
    expect(isJsonText(' {"a": 1} ')).toBe(true);
    expect(isJsonText('[{"a": 1}]')).toBe(true);
    for (const text of ['[sic]', '{}', '12', '"a"', '{a: 1}', '[]']) {
      expect(isJsonText(text)).toBe(false);
    }
  });

  it('is indented without a change to what it says', () => {
    const text = '{"a":[1234567890123456789,1.50,{}],"b":"x, {y}: \\"z\\"","c":[]}';
    expect(indentJson(text)).toBe(`{
  "a": [
    1234567890123456789,
    1.50,
    {}
  ],
  "b": "x, {y}: \\"z\\"",
  "c": []
}`);
    const plain = { a: [1, true, null, 'x'], b: { c: {}, d: [] } };
    expect(indentJson(JSON.stringify(plain))).toBe(JSON.stringify(plain, null, 2));
  });
});

describe('a conversation', () => {
  it('is any list whose entries all have an author and a text', () => {
    expect(
      chatMessagesOf([
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
        { role: 'assistant', content: null, tool_calls: [1] },
        { from: 'Ann', role: 'agent', message: 'Bye', at: '9:00' },
      ]),
    ).toEqual([
      { author: 'user', role: null, text: 'Hi', others: [] },
      { author: 'assistant', role: null, text: 'Hello', others: [] },
      { author: 'assistant', role: null, text: '', others: [['tool_calls', [1]]] },
      { author: 'Ann', role: 'agent', text: 'Bye', others: [['at', '9:00']] },
    ]);
    for (const other of [
      [],
      [{ role: 'user' }],
      [{ text: 'x' }],
      [{ author: 'a', text: 'x' }, 'y'],
      [{ author: 'a', content: [{ image: 1 }] }],
    ]) {
      expect(chatMessagesOf(other)).toBeNull();
    }
  });
});
