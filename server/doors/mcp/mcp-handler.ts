import type { McpHttpHandler } from '@modelcontextprotocol/server';
import { type AppError, Forbidden } from '@/server/platform/errors';
import {
  bearerKeyOf,
  createDoor,
  MethodNotAllowed,
  parseJson,
  type Route,
  type RouteHandler,
  readText,
} from '@/server/transport/rest';

/** As for the API's calls; the front door refuses longer bodies that say their length. */
const BODY_BYTES_MAX = 1024 * 1024;
const ALLOW = ['POST', 'OPTIONS'];
const REQUEST_HEADERS =
  'Authorization, Content-Type, Mcp-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, Last-Event-ID, X-Request-Id, traceparent, tracestate';

/** JSON-RPC's numbers for what goes wrong before a message is read; the rest is the server's own. */
const PARSE_ERROR = -32_700;
const REFUSED = -32_000;

/** 403: the request comes from a page of another site. */
class ForeignOrigin extends Forbidden {
  constructor() {
    super(
      'foreign_origin',
      'Pages of other sites may not call this endpoint; call it from a program, or from a page of the same host.',
    );
  }
}

/** An error before any message was read, as JSON-RPC writes it. */
const door = createDoor({
  errorBody: (error: AppError, requestId: string) => ({
    jsonrpc: '2.0',
    id: null,
    error: {
      code: error.code === 'malformed_json' ? PARSE_ERROR : REFUSED,
      message: error.message,
      data: { type: error.type, code: error.code, request_id: requestId },
    },
  }),
});

/**
 * The route of an MCP server over streamable HTTP: each POST carries a key and one message, and
 * nothing is kept for the next, so GET (a stream of the server's own) and DELETE (the end of a
 * session) are answered 405.
 * @param handler gets the key as `authInfo.token`
 */
export function mcpRoute(handler: McpHttpHandler): Route {
  const post: RouteHandler = async (request) => {
    if (isForeign(request)) return door.refuse(request, new ForeignOrigin());
    return door.admit(request, async ({ keyId, scopes }) => {
      const parsedBody = await parseJson(await readText(request, BODY_BYTES_MAX));
      const authInfo = { token: bearerKeyOf(request), clientId: keyId, scopes: [...scopes] };
      return handler.fetch(request, { parsedBody, authInfo });
    });
  };
  const refuse: RouteHandler = (request) =>
    door.refuse(request, new MethodNotAllowed(request.method, ALLOW));
  const preflight: RouteHandler = async (request) => {
    const response = door.preflight(request, ALLOW);
    response.headers.set('Access-Control-Allow-Headers', REQUEST_HEADERS);
    return response;
  };
  return {
    POST: post,
    OPTIONS: preflight,
    GET: refuse,
    HEAD: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
  };
}

/**
 * True where a browser says that a page of another host sends the request. With the front door's
 * check of `Host`, a page cannot reach an instance on its reader's machine by a name of its own.
 */
function isForeign({ headers, url }: Request): boolean {
  const origin = headers.get('origin');
  if (origin === null) return false;
  const own = new URL(`http://${headers.get('host') ?? new URL(url).host}`);
  return !URL.canParse(origin) || new URL(origin).hostname !== own.hostname;
}
