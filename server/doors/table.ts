import { jobsDoor } from '@/server/jobs';
import { operations, routes } from '@/server/rest';
import { notFoundRoute, type Params, type PathEntry, pathTable } from '@/server/transport/rest';
import { handleDepositNotice } from './deposit-notice-handler';
import { handleEmail, handleSample } from './email-handler';
import { handleInbox, showInbox } from './inbox-handler';
import { handleRefundClaim, handleRefundRequest } from './lnurl-handler';
import { route as mcpRoute } from './mcp';
import { handleMedia } from './media-handler';
import { metricsRoute } from './metrics-handler';
import { observed } from './observed';
import { only } from './only';
import { healthRoute, readyRoute, receiptKeysRoute } from './status-routes';
import { handleTrpc } from './trpc/handler';
import { v0Operations, v0Routes } from './v0';

/** Adapts a handler that takes one path parameter. */
const withParam =
  (name: string, handle: (request: Request, value: string) => Promise<Response>) =>
  (request: Request, params: Params = {}): Promise<Response> =>
    handle(request, params[name] ?? '');

/**
 * All endpoints for programs, as fetch handlers without Next. The route files of `app` mount them
 * in Next (`next.ts`), and the launcher's server in front of it (`node.ts`). Sign-in (`/api/auth`)
 * is not included, because next-auth depends on Next's request for cookies.
 */
const doors: readonly PathEntry[] = [
  ...routes,
  { path: '/v1/**', route: notFoundRoute },
  ...v0Routes,
  { path: '/mcp', route: mcpRoute },
  { path: '/api/inngest', route: only(jobsDoor) },
  { path: '/api/trpc/{procedures}', route: only({ GET: handleTrpc, POST: handleTrpc }) },
  { path: '/api/media/{task}', route: only({ GET: withParam('task', handleMedia) }) },
  { path: '/api/emails/{id}', route: only({ GET: withParam('id', handleEmail) }) },
  { path: '/api/email-samples/{name}', route: only({ GET: withParam('name', handleSample) }) },
  {
    path: '/api/rails/deposits/{token}',
    route: only({ POST: withParam('token', (_request, token) => handleDepositNotice(token)) }),
  },
  {
    path: '/api/lnurl/refunds/{secret}',
    route: only({ GET: withParam('secret', handleRefundRequest) }),
  },
  {
    path: '/api/lnurl/refunds/{secret}/claim',
    route: only({ GET: withParam('secret', handleRefundClaim) }),
  },
  {
    path: '/inbox/{token}',
    route: only({ GET: showInbox, POST: withParam('token', handleInbox) }),
  },
  { path: '/healthz', route: healthRoute },
  { path: '/readyz', route: readyRoute },
  { path: '/metrics', route: metricsRoute },
  { path: '/.well-known/humanrail-keys.json', route: receiptKeysRoute },
];

/** Finds the handler of a path; null if it is left to Next, such as a page. */
export const findDoor = pathTable(observed(doors, [...operations, ...v0Operations]));
