import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CONTENTS } from '@/server/docs/contents';
import { parsePage } from '@/server/docs/page-text';
import { root } from '../launcher/settings';

/** Every page's source, by slug. */
export function readPages(): Map<string, string> {
  const slugs = CONTENTS.flatMap(({ pages }) => Object.keys(pages));
  return new Map(
    slugs.map((slug) => [slug, readFileSync(join(root, 'docs/pages', `${slug}.mdx`), 'utf8')]),
  );
}

const LINK = /!?\[(?:[^\]\\]|\\.)*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;

/** Broken links: between pages, to their headings, to the product, and to files of the repository. */
export function linkFaults(pages: ReadonlyMap<string, string>): string[] {
  const anchors = new Map(
    [...pages].map(([slug, source]) => [
      slug,
      new Set(parsePage(slug, '', source).sections.map(({ id }) => id)),
    ]),
  );
  const faultOf = (link: string, file: string): string | null => {
    if (/^(https?:|mailto:)/.test(link)) return null;
    if (link.startsWith('/docs')) return pageFault(link, anchors);
    if (link.startsWith('/')) return hasRoute(link) ? null : 'there is no such page of the product';
    const [path = '', anchor = ''] = link.split('#');
    if (path) return existsSync(join(dirname(file), path)) ? null : 'there is no such file';
    const slug = relative(join(root, 'docs/pages'), file).replace(/\.mdx$/, '');
    return anchors.get(slug)?.has(anchor) === false ? 'there is no such heading' : null;
  };
  const sources = new Map([
    ...[...pages].map(
      ([slug, source]) => [join(root, 'docs/pages', `${slug}.mdx`), source] as const,
    ),
    ...otherFiles().map((file) => [file, readFileSync(file, 'utf8')] as const),
  ]);
  const faults: string[] = [];
  for (const [file, source] of sources) {
    const prose = source.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
    for (const [, link = ''] of prose.matchAll(LINK)) {
      const fault = faultOf(link, file);
      if (fault) faults.push(`${relative(root, file)}: ${link}: ${fault}`);
    }
  }
  return faults;
}

function pageFault(link: string, anchors: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const [path = '', anchor] = link.split('#');
  const slug = path.replace(/^\/docs\/?/, '').replace(/\.md$/, '');
  if (slug === '') return null;
  const known = anchors.get(slug);
  if (!known) return 'there is no such page';
  return anchor !== undefined && !known.has(anchor) ? 'there is no such heading' : null;
}

/** READMEs and similar files, which also link to pages and files. */
function otherFiles(): string[] {
  const folders = [
    '.',
    'docs',
    'docs/decisions',
    'sdks/typescript',
    'sdks/python',
    'sdks/go',
    'sdks/mcp',
    'sdks/conformance',
  ];
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(root, folder, name)),
  );
}

/** Whether a page or route of the app exists at a path; ignores route groups. */
function hasRoute(path: string): boolean {
  const parts = path
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean);
  return hasPart(join(root, 'app'), parts) || existsSync(join(root, 'public', ...parts));
}

function hasPart(folder: string, parts: readonly string[]): boolean {
  if (!existsSync(folder)) return false;
  const entries = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  const groups = entries.filter((name) => /^\(.*\)$/.test(name));
  if (groups.some((group) => hasPart(join(folder, group), parts))) return true;
  const [part, ...rest] = parts;
  if (part === undefined) {
    return ['page.tsx', 'route.ts'].some((name) => existsSync(join(folder, name)));
  }
  if (entries.includes(part)) return hasPart(join(folder, part), rest);
  if (entries.some((name) => /^\[\[?\.\.\./.test(name))) return true;
  return entries.some((name) => name.startsWith('[') && hasPart(join(folder, name), rest));
}
