import type { IncomingMessage, ServerResponse } from 'node:http';
import { NodeRequest, sendNodeResponse } from 'srvx/node';
import { log } from '@/server/platform/log';
import { InternalError, type Method } from '@/server/transport/rest';
import { compressed } from './compressed';
import { errorResponse } from './error-response';
import { findDoor } from './table';

export { boot } from '@/server/boot';

/**
 * Answers a request by the table of doors, in front of Next.
 * @param request as the front door of `scripts/serving` hands it on: bounded, with a readable path
 * @returns false where the table has no such path; then nothing has been done
 */
export function answerByDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const { url = '/' } = request;
  const end = url.indexOf('?');
  const found = findDoor(end === -1 ? url : url.slice(0, end));
  if (!found) return false;
  // The front door writes what it knows better than the client into `headers`, and only there.
  request.rawHeaders = listed(request.headers);
  const asked = new NodeRequest({ req: request, res: response });
  const handle = found.route[asked.method as Method];
  handle(asked, found.params)
    .catch((error: unknown) => {
      log.error({ err: error, method: asked.method }, 'A door failed');
      return errorResponse(asked, new InternalError(error));
    })
    .then((answer) => compressed(asked, answer))
    .then((answer) => sendNodeResponse(response, answer))
    .catch((error: unknown) => {
      log.debug({ err: error }, 'An answer was not sent');
      response.destroy();
    });
  return true;
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
