import GithubSlugger from 'github-slugger';
import { CALLS } from './calls';
import { operations } from './document';
import { table } from './markdown';
import { API_PAGES } from './pages';

/** The methods of an SDK, each with a link to the call that it makes. */
export function renderCalls(sdk: 'python' | 'typescript' | 'go'): string {
  const rows = Object.entries(CALLS).flatMap(([id, call]) => {
    const operation = operations.find((one) => one.id === id);
    const page = API_PAGES.find(({ tag }) => tag === operation?.tag);
    if (!operation || !page) return [];
    const { summary, method, path } = operation;
    const href = `/docs/api/${page.name}#${new GithubSlugger().slug(summary)}`;
    return [[`\`${call[sdk]}\``, `[${summary}](${href})`, `\`${method} ${path}\``]];
  });
  return table(['method', 'what', 'call'], rows);
}
