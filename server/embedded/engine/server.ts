import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { log } from '@/server/platform/log';
import { type AccessRules, refuseForeignPages } from './access';
import { isDisconnection } from './committer';
import type { EngineCore } from './engine';
import { HttpRefusal, sendJson } from './http-exchange';
import type { Route } from './route';
import { graphqlRoutes } from './routes-graphql';
import { operatorRoutes } from './routes-operator';
import { sdkRoutes } from './routes-sdk';

const routes: Route[] = [...sdkRoutes, ...operatorRoutes, ...graphqlRoutes];

/** The engine's HTTP server; the caller starts listening. */
export function createEngineServer(core: EngineCore, rules: AccessRules): Server {
  const server = createServer((request, response) => {
    answer(core, rules, request, response).catch((error: unknown) => {
      refuse(response, error);
    });
  });
  // An app keeps its connection between checkpoints; the default of 5 s races with that.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 120_000;
  return server;
}

async function answer(
  core: EngineCore,
  rules: AccessRules,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  refuseForeignPages(request, rules);
  const url = new URL(request.url ?? '/', 'http://engine');
  let known = false;
  for (const route of routes) {
    const match = route.path.exec(url.pathname);
    if (!match) continue;
    known = true;
    if (route.method !== request.method) continue;
    const params = match.slice(1).map((text) => decodeURIComponent(text));
    await route.handle({ core, rules, request, response, url, params });
    return;
  }
  throw new HttpRefusal(known ? 405 : 404, known ? 'Method not allowed.' : 'No such page.');
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof HttpRefusal) {
    if (error.status === 401 && !response.headersSent) {
      response.setHeader('www-authenticate', 'Basic realm="engine"');
    }
    sendJson(response, error.status, { error: error.message, status: error.status });
    return;
  }
  if (isDisconnection(error)) {
    log.warn({ err: error }, 'engine: a request failed because the database is unavailable');
    sendJson(response, 503, { error: 'The database does not respond; try again.', status: 503 });
    return;
  }
  log.error({ err: error }, 'engine: a request failed');
  if (!response.headersSent) {
    sendJson(response, 500, { error: 'The engine could not do this; try again.', status: 500 });
  } else response.destroy();
}
