import { expect, test } from 'vitest';
import { CONTENTS } from './contents';
import { llmsText } from './llms';
import { allPages, parsePage } from './page-text';
import { searchDocs } from './search';

const SOURCE = `---
title: Webhooks
description: How events arrive.
---

Before the first heading.

## Verify the \`signature\`

<CodeTabs>

\`\`\`python title="app.py" serve=8000/hooks
## not a heading
\`\`\`

</CodeTabs>

### \`missing_field\`

Text.
`;

test('a page is read into its sections, whose anchors are those of the page', () => {
  const { title, description, sections } = parsePage('webhooks', 'Build', SOURCE);
  expect({ title, description }).toEqual({
    title: 'Webhooks',
    description: 'How events arrive.',
  });
  expect(sections.map(({ id, title, level }) => ({ id, title, level }))).toEqual([
    { id: '', title: '', level: 1 },
    { id: 'verify-the-signature', title: 'Verify the signature', level: 2 },
    { id: 'missing_field', title: 'missing_field', level: 3 },
  ]);
});

test('the Markdown of a page holds its text and code, without tags and without what tests read', () => {
  const { markdown } = parsePage('webhooks', 'Build', SOURCE);
  expect(markdown).not.toContain('CodeTabs');
  expect(markdown).toContain('```python\n## not a heading\n```');
});

test('a page without a title or description is refused by name', () => {
  expect(() => parsePage('webhooks', 'Build', '---\ntitle: A\n---\n')).toThrow(
    'docs/pages/webhooks.mdx has no description in its frontmatter.',
  );
});

test('every page of the contents is there, once, and listed for language models', async () => {
  const slugs = CONTENTS.flatMap(({ pages }) => Object.keys(pages));
  expect(new Set(slugs).size).toBe(slugs.length);
  expect((await allPages()).map(({ slug }) => slug)).toEqual(slugs);
  const text = await llmsText();
  for (const slug of slugs) expect(text).toContain(`/docs/${slug}.md)`);
});

test('a field is found whole, by a part of its name, and by the beginning of a word', async () => {
  for (const query of ['DATABASE_URL', 'database', 'databa']) {
    const hits = await searchDocs(query);
    expect(hits.map(({ href }) => href).join(' ')).toContain('self-hosting/environment');
    expect(hits.length).toBeLessThanOrEqual(12);
  }
  expect(await searchDocs('')).toEqual([]);
  expect(await searchDocs('zzzzqqq')).toEqual([]);
});

test('a query of any length and kind is answered', async () => {
  for (const query of ['('.repeat(5_000), '\u0000', '__proto__', 'a '.repeat(300)])
    await expect(searchDocs(query)).resolves.toBeInstanceOf(Array);
});
