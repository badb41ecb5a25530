import { expect, test } from 'vitest';
import { missingLine, programsOf, readSnippets } from './snippets';

const fence = (info: string, ...lines: string[]) =>
  [`\`\`\`${info}`, ...lines, '```', ''].join('\n');

test('blocks of one language are one program, in order, with the output shown after each', () => {
  const source = [
    fence('python title="a.py"', 'x = 1'),
    fence('ts', 'const x = 1;'),
    fence('python', 'print(x)'),
    fence('text output', '1'),
    fence('python fresh', 'print(2)'),
  ].join('\n');
  const programs = programsOf(readSnippets('page', source));
  expect(programs.map(({ name, snippets }) => [name, snippets.length])).toEqual([
    ['page.mdx:1 python', 2],
    ['page.mdx:5 ts', 1],
    ['page.mdx:17 python', 1],
  ]);
  expect(programs[0]?.output).toEqual(['1']);
});

test('a program that serves or fails stands alone, and the one around it goes on after it', () => {
  const source = [
    fence('python', 'a = 1'),
    fence('python serve=8000/hooks', 'serve()'),
    fence('python throws', 'raise'),
    fence('python', 'print(a)'),
  ].join('\n');
  const [around, server, failing, ...rest] = programsOf(readSnippets('page', source));
  expect(around?.snippets.map(({ code }) => code)).toEqual(['a = 1', 'print(a)']);
  expect(server?.serve).toEqual({ port: 8000, path: '/hooks' });
  expect(failing?.throws).toBe(true);
  expect(rest).toEqual([]);
});

test('pages are read apart', () => {
  const source = fence('python', 'print(1)');
  const snippets = ['one', 'two'].flatMap((page) => readSnippets(page, source));
  expect(programsOf(snippets).map(({ name }) => name)).toEqual([
    'one.mdx:1 python',
    'two.mdx:1 python',
  ]);
});

test('commands that change the machine are no programs', () => {
  const source = fence('sh install', 'pip install humanrail') + fence('sh operator', 'npm start');
  expect(programsOf(readSnippets('page', source))).toEqual([]);
});

test('what pays from a wallet is a program apart from what is run', () => {
  const source = [
    fence('ts', 'run();'),
    fence('ts wallet', 'const a = 1;'),
    fence('ts wallet', 'await pay(a);'),
  ].join('\n');
  const programs = programsOf(readSnippets('page', source));
  expect(programs.map(({ pays, snippets }) => [pays, snippets.length])).toEqual([
    [false, 1],
    [true, 2],
  ]);
});

test('a block without an end, without a language, or an output of nothing is refused', () => {
  expect(() => readSnippets('page', '```python\nx = 1\n')).toThrow(
    'page.mdx:1: the block does not end.',
  );
  expect(() => readSnippets('page', fence('', 'x'))).toThrow('has no language');
  expect(() => readSnippets('page', fence('text output', 'x'))).toThrow('after the block');
});

test('expected lines must come whole and in order, with … for anything', () => {
  const printed = 'Task created: 01abc\nsomething else\nverified\n';
  expect(missingLine(['Task created: …', 'verified'], printed)).toBeUndefined();
  expect(missingLine(['verified', 'Task created: …'], printed)).toBe('Task created: …');
  expect(missingLine(['Task created'], printed)).toBe('Task created');
  expect(missingLine(['a.c'], 'abc\n')).toBe('a.c');
});
