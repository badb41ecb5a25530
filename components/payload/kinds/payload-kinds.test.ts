import { describe, expect, test } from 'vitest';
import { payloadKind } from './payload-kinds';

describe('how a payload is shown', () => {
  test('text stays as it stands unless its name says that it is markdown', () => {
    for (const name of ['text', 'question', 'prompt', 'instructions', 'content', 'notes_md']) {
      expect(payloadKind(name, '1986. A great *year*!\n2. not two', 0)).toBe('text');
    }
    expect(payloadKind('policy_markdown', 'Is *this* genuine?', 0)).toBe('markdown');
    expect(payloadKind('markdown', 'Is *this* genuine?', 1)).toBe('markdown');
  });

  test('a text that is a table, a diff, JSON or HTML is laid out as that', () => {
    const diff = '--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n';
    expect(payloadKind('data', 'id,name\n1,Ann\n2,Bo', 0)).toBe('csv');
    expect(payloadKind('export_csv', 'id, name\n1, Ann', 0)).toBe('csv');
    expect(payloadKind('patch', diff, 0)).toBe('patch');
    expect(payloadKind('change', diff, 1)).toBe('patch');
    expect(payloadKind('body', '{"a": [1, 2]}', 1)).toBe('json-text');
    expect(payloadKind('body_html', '<p>Hi</p>', 0)).toBe('html');
    expect(payloadKind('mail', '<!DOCTYPE html><p>Hi</p>', 0)).toBe('html');
    expect(payloadKind('content', '<b>Hi</b>', 0)).toBe('text');
    expect(payloadKind('code', 'a = 1\nb = 2', 0)).toBe('code');
  });

  test('messages are a conversation', () => {
    const turns = [{ role: 'user', content: 'Hi' }];
    expect(payloadKind('messages', turns, 0)).toBe('chat');
    expect(payloadKind('messages', turns, 0, 'json')).toBe('json');
    expect(payloadKind('rows', [{ role: 'user' }, { role: 'admin' }], 0)).toBe('table');
  });

  test('a short value further down is a fact, a long or broken one keeps its own block', () => {
    expect(payloadKind('name', 'Kettle', 1)).toBe('plain');
    expect(payloadKind('name', 'Kettle', 0)).toBe('text');
    expect(payloadKind('review', 'First line\nsecond line', 1)).toBe('text');
  });

  test('images are told by their path or their name, and only on the web', () => {
    expect(payloadKind('file', 'https://example.com/a/cat.PNG?size=2', 0)).toBe('image');
    expect(payloadKind('photo_url', 'https://example.com/4711', 0)).toBe('image');
    expect(payloadKind('site', 'https://example.com/about', 0)).toBe('link');
  });

  test('no other scheme becomes a link', () => {
    expect(payloadKind('site', 'javascript:alert(1)', 0)).toBe('text');
    expect(payloadKind('image', 'data:text/html,hello', 0)).toBe('text');
  });

  test('what nests too deep is shown as JSON', () => {
    expect(payloadKind('order', { a: 1 }, 0)).toBe('object');
    expect(payloadKind('order', { a: 1 }, 3)).toBe('json');
    expect(payloadKind('tags', ['a', 'b'], 0)).toBe('list');
  });

  test('a picture inside the payload is shown, whatever pretends to be one is not', () => {
    expect(payloadKind('file', 'data:image/png;base64,AAAA', 0)).toBe('picture');
    expect(payloadKind('file', 'data:text/html;image/png,<script>', 0)).toBe('text');
  });

  test('flat records are a table, before and after a comparison, both only when they fit', () => {
    expect(payloadKind('rows', [{ a: 1 }, { a: 2, b: 3 }], 0)).toBe('table');
    expect(payloadKind('rows', [{ a: 1 }, { a: [2] }], 0)).toBe('object');
    expect(payloadKind('change', { before: 'a', after: 'b' }, 0)).toBe('diff');
    expect(payloadKind('change', { before: 'a', after: 'b', by: 'c' }, 0)).toBe('object');
  });

  test('a hint decides where it fits the value, and is ignored where it does not', () => {
    expect(payloadKind('content', '# Title', 0, 'markdown')).toBe('markdown');
    expect(payloadKind('content', 'a', 0, 'code')).toBe('code');
    expect(payloadKind('content', 'javascript:alert(1)', 0, 'image')).toBe('text');
    expect(payloadKind('content', 'a', 0, 'constructor')).toBe('text');
    expect(payloadKind('order', { a: 1 }, 0, 'json')).toBe('json');
    expect(payloadKind('content', '{"a":1}', 0, 'text')).toBe('text');
    expect(payloadKind('content', '<b>Hi</b>', 0, 'html')).toBe('html');
    expect(payloadKind('content', 'no table', 0, 'csv')).toBe('text');
    expect(payloadKind('content', 'no diff', 0, 'diff')).toBe('text');
  });
});
