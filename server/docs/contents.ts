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
      'how-it-works': () => import('@/docs/pages/how-it-works.mdx'),
    },
  },
  {
    title: 'Concepts',
    pages: {
      'concepts/task-life': () => import('@/docs/pages/concepts/task-life.mdx'),
      'concepts/verification': () => import('@/docs/pages/concepts/verification.mdx'),
      'concepts/confidence': () => import('@/docs/pages/concepts/confidence.mdx'),
      'concepts/deadlines': () => import('@/docs/pages/concepts/deadlines.mdx'),
      'concepts/money': () => import('@/docs/pages/concepts/money.mdx'),
    },
  },
  {
    title: 'Build',
    pages: {
      webhooks: () => import('@/docs/pages/webhooks.mdx'),
      errors: () => import('@/docs/pages/errors.mdx'),
      idempotency: () => import('@/docs/pages/idempotency.mdx'),
      'rate-limits': () => import('@/docs/pages/rate-limits.mdx'),
      pagination: () => import('@/docs/pages/pagination.mdx'),
      sandbox: () => import('@/docs/pages/sandbox.mdx'),
      'task-types': () => import('@/docs/pages/task-types.mdx'),
      payloads: () => import('@/docs/pages/payloads.mdx'),
      'schemas-and-forms': () => import('@/docs/pages/schemas-and-forms.mdx'),
      'quality-control': () => import('@/docs/pages/quality-control.mdx'),
    },
  },
  {
    title: 'People',
    pages: {
      workers: () => import('@/docs/pages/workers.mdx'),
      'own-people': () => import('@/docs/pages/own-people.mdx'),
    },
  },
  {
    title: 'Self-hosting',
    pages: {
      'self-hosting/environment': () => import('@/docs/pages/self-hosting/environment.mdx'),
    },
  },
];

export function findLoad(slug: string): Load | undefined {
  return CONTENTS.map(({ pages }) => pages[slug]).find((load) => load !== undefined);
}
