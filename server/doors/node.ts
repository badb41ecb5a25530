import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { FastResponse, sendNodeResponse } from 'srvx/node';
import { log } from '@/server/platform/log';
import {
  type Found,
  InternalError,
  type Method,
  type Params,
  type RouteHandler,
  setResponseMaker,
} from '@/server/transport/rest';
import { compressed } from './compressed';
import { errorResponse } from './error-response';
import { NodeRequest } from './node-request';
import { findDoor } from './table';

export { boot } from '@/server/boot';
export { endTracing } from '@/server/platform/tracing';

setResponseMaker(
  (body, init) => new FastResponse(body, { ...init, statusText: STATUS_CODES[init.status ?? 200] }),
);

/**
 * Handles a request forwarded by the front server in `scripts/serving`: bounded, with a valid path.
 * @returns false if no door has its path; then nothing was done
 */
type AnswerByDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Mounts a table of doors in front of Next. */
export function doorsInFront(find: (pathname: string) => Found | null): AnswerByDoor {
  return (request, response) => {
    const { url = '/' } = request;
    const end = url.indexOf('?');
    const found = find(end === -1 ? url : url.slice(0, end));
    if (found) void answer(found, request, response);
    return found !== null;
  };
}

/** Mounts every door of the product in front of Next. */
export const answerByDoor = doorsInFront(findDoor);

async function answer(
  { route, params }: Found,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The front server only overrides values in `headers`.
  request.rawHeaders = listed(request.headers);
  const asked = new NodeRequest(request, response);
  try {
    const answered = await handled(route[asked.method as Method], asked, params);
    const sent = await compressed(asked, answered);
    if (!('_toNodeResponse' in sent)) setCookies(response, sent.headers);
    await sendNodeResponse(response, sent);
  } catch (error) {
    log.debug({ err: error }, 'Failed to send a response');
    response.destroy();
  }
}

async function handled(handle: RouteHandler, request: Request, params: Params): Promise<Response> {
  try {
    return await handle(request, params);
  } catch (error) {
    log.error({ err: error, method: request.method, url: request.url }, 'A door failed');
    return errorResponse(request, new InternalError(error));
  }
}

/**
 * Node only keeps the last cookie of a header list if a header was set before. A response has at
 * most one header of any other name.
 */
function setCookies(response: ServerResponse, headers: Headers): void {
  const cookies = headers.getSetCookie();
  if (cookies.length < 2) return;
  response.setHeader('Set-Cookie', cookies);
  headers.delete('Set-Cookie');
}

function listed(headers: IncomingMessage['headers']): string[] {
  const list: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') list.push(name, value);
    else for (const each of value ?? []) list.push(name, each);
  }
  return list;
}
