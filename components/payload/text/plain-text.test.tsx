import { MantineProvider } from '@mantine/core';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import MarkdownText from './markdown-text';
import { isPlainText } from './plain-text';

const PLAIN = [
  'Is this review genuine?',
  'It cost 39.90 (or more): “great product”, 5/5 – arrived early; 100 % fine!',
  'a - b + c = d',
];
const FORMATTED = [
  '**bold**',
  '_so_',
  '# Title',
  '- one',
  '1. one',
  '2) two',
  'a `b`',
  'www.example.com',
  'see https://example.com',
  'me@example.com',
  'two\nlines',
  '<b>',
  '&amp;',
  '~~gone~~',
  '| a |',
  '---',
  '    code',
];

const shown = (text: string) =>
  renderToString(
    <MantineProvider>
      <MarkdownText text={text} />
    </MantineProvider>,
  ).replace(/<style.*?<\/style>/gs, '');
const paragraph = (text: string) => renderToString(<p>{text}</p>);

it('takes for plain only what Markdown shows as one paragraph of the same words', () => {
  for (const text of PLAIN) {
    expect(isPlainText(text), text).toBe(true);
    expect(shown(text), text).toBe(paragraph(text));
  }
});

it('leaves everything with a mark in it to Markdown', () => {
  for (const text of FORMATTED) expect(isPlainText(text), text).toBe(false);
});
