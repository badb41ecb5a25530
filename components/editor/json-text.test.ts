import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { readJsonText } from './json-text';
import { rangeOfPointer } from './pointer-range';

describe('a text that should be JSON', () => {
  it('is read', () => {
    expect(readJsonText('{"a": [1, null]}')).toEqual({ ok: true, value: { a: [1, null] } });
  });

  it.each([
    ['{\n  "a": 1,\n}', 'Line 3, column 1: '],
    ['{"a" 1}', 'Line 1, column 6: '],
    ['{\n  "a": tru\n}', 'Not JSON: unexpected token'],
    ['  ', 'Nothing is written here yet.'],
  ])('tells where %j goes wrong', (text, fault) => {
    expect(readJsonText(text)).toMatchObject({ ok: false, fault: expect.stringContaining(fault) });
  });

  it('says that something is not closed', () => {
    expect(readJsonText('{"a": [1')).toMatchObject({
      ok: false,
      fault: expect.stringMatching(/^Line 1, column \d+: /),
    });
  });
});

describe('the place of a JSON Pointer', () => {
  const text = '{\n  "properties": {\n    "a/b": { "enum": ["x", "yy"] }\n  }\n}';
  const state = EditorState.create({ doc: text, extensions: [json()] });
  const at = (pointer: string) => {
    const { from, to } = rangeOfPointer(state, pointer);
    return text.slice(from, to);
  };

  it('is the name of a field, or the value in a list', () => {
    expect(at('/properties')).toBe('"properties"');
    expect(at('/properties/a~1b/enum')).toBe('"enum"');
    expect(at('/properties/a~1b/enum/1')).toBe('"yy"');
  });

  it('is the nearest that is there, where it leads to nothing', () => {
    expect(at('/properties/a~1b/type')).toBe('"a/b"');
    expect(at('')).toBe('{');
    expect(at('/nothing')).toBe('{');
  });
});
