import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { withUnseenShown } from './visible-text';

const shown = (text: string) =>
  renderToStaticMarkup(createElement(Fragment, null, withUnseenShown(text)));

test('what turns a text around or hides in it is shown by its code, and has no effect', () => {
  const text = shown('safe\u202Egpj.exe a\u200Bb');
  expect(text).toContain('U+202E');
  expect(text).toContain('U+200B');
  expect(text).not.toMatch(/[\u202E\u200B]/);
});

test('emoji and scripts that need joiners stay as they are', () => {
  for (const text of ['👩‍👩‍👧 family', 'می‌خواهم', 'plain', 'tab\tand\nline'])
    expect(shown(text)).toBe(text);
});
