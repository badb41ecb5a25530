import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { env } from '@/server/platform/env';
import { CONTENTS } from './contents';

/** A heading and its text, up to the next heading. */
export interface Section {
  /** The heading's anchor; empty before the first heading. */
  id: string;
  title: string;
  /** 2 for a section, 3 and 4 for subsections; 1 before the first heading. */
  level: number;
  /** Markdown under the heading. */
  text: string;
}

export interface PageText {
  slug: string;
  title: string;
  description: string;
  chapter: string;
  /** The page as Markdown, without the frontmatter. */
  markdown: string;
  sections: Section[];
}

const FOLDER = join(process.cwd(), 'docs', 'pages');
const HEADING = /^(#{2,4}) (.+)$/;

let kept: Promise<PageText[]> | undefined;

/** All pages in the order of the contents. Cached, except in development. */
export function allPages(): Promise<PageText[]> {
  if (env.NODE_ENV === 'development') return readPages();
  kept ??= readPages();
  return kept;
}

export async function findPage(slug: string): Promise<PageText | undefined> {
  return (await allPages()).find((page) => page.slug === slug);
}

function readPages(): Promise<PageText[]> {
  const slugs = CONTENTS.flatMap(({ title, pages }) =>
    Object.keys(pages).map((slug) => ({ slug, chapter: title })),
  );
  return Promise.all(
    slugs.map(async ({ slug, chapter }) =>
      parsePage(slug, chapter, await readFile(join(FOLDER, `${slug}.mdx`), 'utf8')),
    ),
  );
}

/** Parses a page's source. Throws if the frontmatter lacks `title` or `description`. */
export function parsePage(slug: string, chapter: string, source: string): PageText {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  const field = (name: string) => {
    const value = new RegExp(`^${name}: (.+)$`, 'm').exec(head)?.[1];
    if (!value) throw new Error(`docs/pages/${slug}.mdx has no ${name} in its frontmatter.`);
    return value.replace(/^(['"])(.*)\1$/, '$2');
  };
  const markdown = toMarkdown(body);
  return {
    slug,
    title: field('title'),
    description: field('description'),
    chapter,
    markdown,
    sections: sectionsOf(markdown),
  };
}

/** Tags and comments on their own line, which only the page's code and generators need. */
const APART = /^(<\/?[A-Z]\w*[^>]*>|\{\/\*.*\*\/\})$/;

/** Converts MDX to Markdown, dropping tags and comments of the page's code. */
function toMarkdown(mdx: string): string {
  let inFence = false;
  const lines = mdx.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      inFence = !inFence;
      // Anything after the language is for the page and the tests.
      return inFence ? [line.replace(/^(```\w*).*$/, '$1')] : [line];
    }
    return !inFence && APART.test(line) ? [] : [line];
  });
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function sectionsOf(markdown: string): Section[] {
  const slugger = new GithubSlugger();
  const sections: Section[] = [{ id: '', title: '', level: 1, text: '' }];
  let inFence = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) inFence = !inFence;
    const heading = inFence ? null : HEADING.exec(line);
    if (heading) {
      const title = plainText(heading[2] ?? '');
      sections.push({
        id: slugger.slug(title),
        title,
        level: heading[1]?.length ?? 2,
        text: '',
      });
      continue;
    }
    const last = sections.at(-1);
    if (last) last.text += `${line}\n`;
  }
  return sections;
}

/** A heading without markup: `` `code` `` and links as plain text. */
function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}
