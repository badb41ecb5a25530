import type { ComponentType } from 'react';

type Load = () => Promise<{ default: ComponentType }>;

interface Chapter {
  title: string;
  /** Pages by slug, in reading order. A page is `docs/pages/<slug>.mdx`. */
  pages: Record<string, Load>;
}

/** The table of contents: the order of the menu, of "next page" and of llms.txt. */
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
      l402: () => import('@/docs/pages/l402.mdx'),
      rehearsals: () => import('@/docs/pages/rehearsals.mdx'),
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
    title: 'SDKs',
    pages: {
      'sdks/python': () => import('@/docs/pages/sdks/python.mdx'),
      'sdks/typescript': () => import('@/docs/pages/sdks/typescript.mdx'),
      'sdks/go': () => import('@/docs/pages/sdks/go.mdx'),
      'sdks/command-line': () => import('@/docs/pages/sdks/command-line.mdx'),
      'sdks/older-clients': () => import('@/docs/pages/sdks/older-clients.mdx'),
    },
  },
  {
    title: 'Agents',
    pages: {
      'agents/ask': () => import('@/docs/pages/agents/ask.mdx'),
      'agents/langgraph': () => import('@/docs/pages/agents/langgraph.mdx'),
      'agents/openai-agents': () => import('@/docs/pages/agents/openai-agents.mdx'),
      'agents/vercel-ai': () => import('@/docs/pages/agents/vercel-ai.mdx'),
      'agents/temporal': () => import('@/docs/pages/agents/temporal.mdx'),
      'agents/inngest': () => import('@/docs/pages/agents/inngest.mdx'),
      'agents/tools': () => import('@/docs/pages/agents/tools.mdx'),
      'agents/mcp': () => import('@/docs/pages/agents/mcp.mdx'),
    },
  },
  {
    title: 'Self-hosting',
    pages: {
      'self-hosting/install': () => import('@/docs/pages/self-hosting/install.mdx'),
      'self-hosting/environment': () => import('@/docs/pages/self-hosting/environment.mdx'),
      'self-hosting/postgres': () => import('@/docs/pages/self-hosting/postgres.mdx'),
      'self-hosting/engine': () => import('@/docs/pages/self-hosting/engine.mdx'),
      'self-hosting/console': () => import('@/docs/pages/self-hosting/console.mdx'),
      'self-hosting/operations': () => import('@/docs/pages/self-hosting/operations.mdx'),
      'self-hosting/scaling': () => import('@/docs/pages/self-hosting/scaling.mdx'),
      'self-hosting/kubernetes': () => import('@/docs/pages/self-hosting/kubernetes.mdx'),
      'self-hosting/backup': () => import('@/docs/pages/self-hosting/backup.mdx'),
      'self-hosting/upgrade': () => import('@/docs/pages/self-hosting/upgrade.mdx'),
      'self-hosting/security': () => import('@/docs/pages/self-hosting/security.mdx'),
      'self-hosting/sign-in-and-mail': () =>
        import('@/docs/pages/self-hosting/sign-in-and-mail.mdx'),
      'self-hosting/organizations': () => import('@/docs/pages/self-hosting/organizations.mdx'),
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
      'api/l402': () => import('@/docs/pages/api/l402.mdx'),
      'api/test-clock': () => import('@/docs/pages/api/test-clock.mdx'),
      'api/openapi': () => import('@/docs/pages/api/openapi.mdx'),
    },
  },
];

export function findLoad(slug: string): Load | undefined {
  return CONTENTS.map(({ pages }) => pages[slug]).find((load) => load !== undefined);
}
