import { createMcpServer } from '@humanrail/mcp';
import { HumanRail } from '@humanrail/sdk';
import { createMcpHandler, type McpRequestContext } from '@modelcontextprotocol/server';
import { env } from '@/server/platform/env';
import { log } from '@/server/platform/log';
import { dispatch } from '@/server/rest';
import { notFoundRoute } from '@/server/transport/rest';
import { mcpRoute } from './mcp-handler';

/**
 * The tools of `@humanrail/mcp` on a client that calls the API within this process, so that keys,
 * scopes, validation, limits and tenancy are those of the API.
 */
const handler = createMcpHandler((context) => createMcpServer(clientOf(context)), {
  onerror: (error) => log.debug({ err: error }, 'An MCP request was refused'),
});

function clientOf({ authInfo, requestInfo }: McpRequestContext): HumanRail {
  if (!authInfo || !requestInfo) throw new Error('An MCP server needs a request with a key.');
  return new HumanRail({
    apiKey: authInfo.token,
    baseUrl: `${env.PUBLIC_URL}/v1`,
    fetch: (input, init) => {
      const { signal: gone, headers } = requestInfo;
      const signal = init?.signal ? AbortSignal.any([init.signal, gone]) : gone;
      return callApi(new Request(input, { ...init, signal }), headers);
    },
  });
}

/** Forwarded from the MCP request: the client address for rate limits, and the trace context. */
const HANDED_ON = ['x-forwarded-for', 'traceparent', 'tracestate'] as const;

/** @param asked the headers of the MCP request. */
async function callApi(request: Request, asked: Headers): Promise<Response> {
  request.signal.throwIfAborted();
  for (const name of HANDED_ON) {
    const value = asked.get(name);
    if (value !== null) request.headers.set(name, value);
  }
  return dispatch(request) ?? notFoundRoute.GET(request);
}

/** The handler of `/mcp`. */
export const route = mcpRoute(handler);
