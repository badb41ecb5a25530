import MiniSearch from 'minisearch';
import { allPages } from './page-text';

/** A search result. */
export interface SearchHit {
  /** Address with its anchor. */
  href: string;
  page: string;
  /** The heading; empty for a page's beginning. */
  section: string;
  /** About 160 characters around the first match. */
  excerpt: string;
}

interface IndexedSection {
  id: string;
  page: string;
  section: string;
  text: string;
}

const EXCERPT_LENGTH = 160;
const HITS_MAX = 12;
export const QUERY_LENGTH_MAX = 100;

let index: Promise<MiniSearch<IndexedSection>> | undefined;

/** The best matches, at most 12; the last word may be a prefix. */
export async function searchDocs(query: string): Promise<SearchHit[]> {
  index ??= buildIndex();
  const results = (await index).search(query.slice(0, QUERY_LENGTH_MAX), {
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    boost: { page: 2, section: 4 },
    combineWith: 'AND',
  });
  return results.slice(0, HITS_MAX).map(({ id, page, section, text, terms }) => ({
    href: `/docs/${id}`,
    page,
    section,
    excerpt: excerptOf(text, terms),
  }));
}

async function buildIndex(): Promise<MiniSearch<IndexedSection>> {
  const search = new MiniSearch<IndexedSection>({
    fields: ['page', 'section', 'text'],
    storeFields: ['page', 'section', 'text'],
    // Names such as output_schema are indexed whole and by their parts.
    tokenize: (text) => text.split(/[^\p{L}\p{N}_]+/u).flatMap((word) => [word, ...parts(word)]),
    processTerm: (term) => (term.length > 1 ? term.toLowerCase() : null),
  });
  for (const { slug, title, description, sections } of await allPages()) {
    search.addAll(
      sections.map(({ id, title: section, text }) => ({
        id: id ? `${slug}#${id}` : slug,
        page: title,
        section,
        text: id ? text : `${description}\n${text}`,
      })),
    );
  }
  return search;
}

function parts(word: string): string[] {
  return word.includes('_') ? word.split('_') : [];
}

function excerptOf(text: string, terms: readonly string[]): string {
  const plain = text
    .replace(/^```\w*$/gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*|#>]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const lower = plain.toLowerCase();
  const found = terms.map((term) => lower.indexOf(term)).filter((at) => at >= 0);
  const at = found.length > 0 ? Math.min(...found) : 0;
  const from = at < EXCERPT_LENGTH / 2 ? 0 : plain.lastIndexOf(' ', at - EXCERPT_LENGTH / 4) + 1;
  const cut = plain.slice(from, from + EXCERPT_LENGTH);
  return `${from > 0 ? '… ' : ''}${cut}${from + EXCERPT_LENGTH < plain.length ? ' …' : ''}`;
}
