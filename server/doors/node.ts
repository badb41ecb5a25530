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
 * Answers a request that the front door of `scripts/serving` hands on: bounded, with a readable path.
 * @returns false where no door has its path; then nothing has been done
 */
type AnswerByDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Stands in front of Next with a table of doors. */
export function doorsInFront(find: (pathname: string) => Found | null): AnswerByDoor {
  return (request, response) => {
    const { url = '/' } = request;
    const end = url.indexOf('?');
    const found = find(end === -1 ? url : url.slice(0, end));
    if (found) void answer(found, request, response);
    return found !== null;
  };
}

/** In front of Next with every door of the product. */
export const answerByDoor = doorsInFront(findDoor);

async function answer(
  { route, params }: Found,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The front door writes what it knows better than the client into `headers`, and only there.
  request.rawHeaders = listed(request.headers);
  const asked = new NodeRequest(request, response);
  try {
    const answered = await handled(route[asked.method as Method], asked, params);
    const sent = await compressed(asked, answered);
    if (!('_toNodeResponse' in sent)) setCookies(response, sent.headers);
    await sendNodeResponse(response, sent);
  } catch (error) {
    log.debug({ err: error }, 'An answer was not sent');
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
 * In a list of headers, Node keeps only the last cookie where the front door has set a header before. What
 * the response maker makes has one header of a name at the most.
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
