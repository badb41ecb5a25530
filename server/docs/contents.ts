import type { ComponentType } from 'react';

type Load = () => Promise<{ default: ComponentType }>;

interface Chapter {
  title: string;
  /** The pages by their slug, in reading order. A page is `docs/pages/<slug>.mdx`. */
  pages: Record<string, Load>;
}

/** The documentation's table of contents: the order of the menu, of "next page" and of llms.txt. */
export const CONTENTS: Chapter[] = [
  {
    title: 'Start',
    pages: {
      quickstart: () => import('@/docs/pages/quickstart.mdx'),
    },
  },
  {
    title: 'Self-hosting',
    pages: {
      'self-hosting/environment': () => import('@/docs/pages/self-hosting/environment.mdx'),
    },
  },
  {
    title: 'API reference',
    pages: {
      'api/overview': () => import('@/docs/pages/api/overview.mdx'),
      'api/tasks': () => import('@/docs/pages/api/tasks.mdx'),
      'api/webhooks': () => import('@/docs/pages/api/webhooks.mdx'),
      'api/task-types': () => import('@/docs/pages/api/task-types.mdx'),
      'api/usage': () => import('@/docs/pages/api/usage.mdx'),
      'api/openapi': () => import('@/docs/pages/api/openapi.mdx'),
    },
  },
];

export function findLoad(slug: string): Load | undefined {
  return CONTENTS.map(({ pages }) => pages[slug]).find((load) => load !== undefined);
}
