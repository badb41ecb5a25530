import { log } from '@/server/platform/log';
import { isOperator, requireOperator } from './access';
import { HttpRefusal, sendJson, sendText } from './http-exchange';
import { listPage, runPage } from './page';
import type { Exchange, Route } from './route';
import {
  listRuns,
  readBacklog,
  readFunctionBacklog,
  readRun,
  retryRun,
  runStatuses,
} from './run-queries';

/** Routes for people: health, the page, and the same data as JSON. */
export const operatorRoutes: Route[] = [
  { method: 'GET', path: /^\/health$/, handle: health },
  { method: 'GET', path: /^\/$/, handle: showList },
  { method: 'GET', path: /^\/runs\/([^/]+)$/, handle: showRun },
  { method: 'POST', path: /^\/runs\/([^/]+)\/retry$/, handle: retry },
  { method: 'GET', path: /^\/api\/backlog$/, handle: sendBacklog },
  { method: 'GET', path: /^\/api\/runs$/, handle: sendList },
  { method: 'GET', path: /^\/api\/runs\/([^/]+)$/, handle: sendRun },
];

const pageHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

/** Public, for supervisors; the backlog requires the key. */
async function health({ core, rules, request, response }: Exchange): Promise<void> {
  try {
    const backlog = await readBacklog(core.db, core.nowMs());
    const details = isOperator(request, rules) ? { backlog } : {};
    sendJson(response, 200, { status: 200, message: 'OK', ...details });
  } catch (error) {
    log.warn({ err: error }, 'engine: the database does not respond');
    sendJson(response, 503, { status: 503, message: 'The database does not respond.' });
  }
}

function readFilter(url: URL): { status: string | undefined; limit: number } {
  const status = url.searchParams.get('status') || undefined;
  if (status !== undefined && !runStatuses.some((known) => known === status)) {
    throw new HttpRefusal(400, `status must be one of ${runStatuses.join(', ')}.`);
  }
  const limit = Number(url.searchParams.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new HttpRefusal(400, 'limit must be a whole number from 1 to 500.');
  }
  return { status, limit };
}

async function showList({ core, rules, request, response, url }: Exchange): Promise<void> {
  requireOperator(request, rules);
  const { status, limit } = readFilter(url);
  const nowMs = core.nowMs();
  const [backlog, runs] = await Promise.all([
    readBacklog(core.db, nowMs),
    listRuns(core.db, status, limit),
  ]);
  sendText(
    response,
    200,
    'text/html; charset=utf-8',
    listPage(backlog, runs, status, nowMs),
    pageHeaders,
  );
}

async function showRun({ core, rules, request, response, params }: Exchange): Promise<void> {
  requireOperator(request, rules);
  const run = await readRun(core.db, params[0] ?? '');
  if (!run) throw new HttpRefusal(404, 'No such run.');
  const html = runPage(run, core.nowMs());
  sendText(response, 200, 'text/html; charset=utf-8', html, pageHeaders);
}

async function retry({ core, rules, request, response, params }: Exchange): Promise<void> {
  requireOperator(request, rules);
  if (request.headers.origin === undefined && request.headers['sec-fetch-site'] === 'cross-site') {
    throw new HttpRefusal(403, 'A page of another origin may not do this.');
  }
  const nowMs = core.nowMs();
  const registry = await core.registry.current();
  const id = await retryRun(core.db, registry, params[0] ?? '', nowMs);
  if (id === undefined) throw new HttpRefusal(409, 'Only a failed or cancelled run is retried.');
  core.workArrived();
  if ((request.headers.accept ?? '').includes('text/html')) {
    response.writeHead(303, { location: `/runs/${id}` });
    response.end();
  } else sendJson(response, 200, { id });
}

async function sendBacklog({ core, rules, request, response }: Exchange): Promise<void> {
  requireOperator(request, rules);
  const nowMs = core.nowMs();
  const [backlog, functions] = await Promise.all([
    readBacklog(core.db, nowMs),
    readFunctionBacklog(core.db, nowMs),
  ]);
  sendJson(response, 200, { ...backlog, functions });
}

async function sendList({ core, rules, request, response, url }: Exchange): Promise<void> {
  requireOperator(request, rules);
  const { status, limit } = readFilter(url);
  sendJson(response, 200, { data: await listRuns(core.db, status, limit) });
}

async function sendRun({ core, rules, request, response, params }: Exchange): Promise<void> {
  requireOperator(request, rules);
  const run = await readRun(core.db, params[0] ?? '');
  if (!run) throw new HttpRefusal(404, 'No such run.');
  sendJson(response, 200, run);
}
