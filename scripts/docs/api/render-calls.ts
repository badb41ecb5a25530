import GithubSlugger from 'github-slugger';
import { markdownTable } from '../markdown-table';
import { CALLS } from './calls';
import { operations } from './document';
import { API_PAGES } from './pages';

/** An SDK's methods, each linked to its API call. */
export function renderCalls(sdk: 'python' | 'typescript' | 'go'): string {
  const rows = Object.entries(CALLS).flatMap(([id, call]) => {
    const operation = operations.find((one) => one.id === id);
    const page = API_PAGES.find(({ tag }) => tag === operation?.tag);
    if (!operation || !page) return [];
    const { summary, method, path } = operation;
    const href = `/docs/api/${page.name}#${new GithubSlugger().slug(summary)}`;
    return [[`\`${call[sdk]}\``, `[${summary}](${href})`, `\`${method} ${path}\``]];
  });
  return markdownTable(['method', 'what', 'call'], rows);
}
