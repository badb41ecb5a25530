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

/** As for the API's calls; the front server rejects longer bodies that declare their length. */
const BODY_BYTES_MAX = 1024 * 1024;
const ALLOW = ['POST', 'OPTIONS'];
const REQUEST_HEADERS =
  'Authorization, Content-Type, Mcp-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, Last-Event-ID, X-Request-Id, traceparent, tracestate';

/** JSON-RPC error codes for failures before a message is parsed; the server handles the rest. */
const PARSE_ERROR = -32_700;
const REFUSED = -32_000;

/** 403: the request comes from another site's page. */
class ForeignOrigin extends Forbidden {
  constructor() {
    super(
      'foreign_origin',
      'Other sites’ pages cannot call this endpoint; call it from a program, or from a page of the same host.',
    );
  }
}

/** An error before any message was parsed, in JSON-RPC format. */
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
 * The route of a stateless MCP server over streamable HTTP: each POST carries a key and one
 * message, so GET (a server stream) and DELETE (ending a session) get 405.
 * @param handler receives the key as `authInfo.token`
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
 * Whether a browser reports another host's page as the origin. Together with the front server's
 * `Host` check, this prevents DNS rebinding attacks on local instances.
 */
function isForeign({ headers, url }: Request): boolean {
  const origin = headers.get('origin');
  if (origin === null) return false;
  const own = new URL(`http://${headers.get('host') ?? new URL(url).host}`);
  return !URL.canParse(origin) || new URL(origin).hostname !== own.hostname;
}
