import { expect, test } from 'vitest';
import { linkFaults, readPages } from './links';

const PAGE = '---\ntitle: A\ndescription: B\n---\n\n## A heading\n\n### `missing_field`\n';

/** The problems of a page with these links; relative links refer to the repository's files. */
function faultsOf(...links: string[]): string[] {
  return linkFaults(
    new Map([...readPages(), ['made', PAGE + links.map((link) => `[x](${link})`).join(' ')]]),
  )
    .filter((fault) => fault.includes('made.mdx'))
    .map((fault) => fault.replace(/^docs\/pages\/made\.mdx: /, ''));
}

test('links to pages, headings, the product, files and other sites are right', () => {
  expect(
    faultsOf(
      '/docs/quickstart',
      '/docs/made#missing_field',
      '#a-heading',
      '/work/history',
      '/v1/tasks',
      'https://example.com',
      '../decisions/0001-stack.md',
    ),
  ).toEqual([]);
});

test('links that lead nowhere are named with the reason', () => {
  expect(
    faultsOf(
      '/docs/nothing',
      '/docs/made#nothing',
      '#nothing',
      '/work/nothing/at/all',
      'nothing.md',
    ),
  ).toEqual([
    '/docs/nothing: there is no such page',
    '/docs/made#nothing: there is no such heading',
    '#nothing: there is no such heading',
    '/work/nothing/at/all: there is no such page of the product',
    'nothing.md: there is no such file',
  ]);
});
