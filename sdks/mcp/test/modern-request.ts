import type { JsonValue } from '@modelcontextprotocol/ext-tasks/core';
import { TASKS_EXTENSION_ID_V2 } from '@modelcontextprotocol/ext-tasks/core/v2';

/** What each request of protocol 2026-07-28 says of its sender. */
export const framing = {
  protocolVersion: '2026-07-28',
  clientInfo: { name: 'test', version: '1.0.0' },
  clientCapabilities: { extensions: { [TASKS_EXTENSION_ID_V2]: {} } },
};

const PREFIX = 'io.modelcontextprotocol';

interface Message {
  method: string;
  params?: Record<string, JsonValue> & { _meta?: Record<string, JsonValue> };
}

/**
 * One JSON-RPC request of protocol 2026-07-28 as HTTP has it.
 * @param capabilities what the client declares; the Tasks extension unless told
 */
export function modernRequest(
  url: string,
  { method, params = {} }: Message,
  options: { key?: string; capabilities?: Record<string, JsonValue> } = {},
): Request {
  const _meta = {
    ...params._meta,
    [`${PREFIX}/protocolVersion`]: framing.protocolVersion,
    [`${PREFIX}/clientInfo`]: framing.clientInfo,
    [`${PREFIX}/clientCapabilities`]: options.capabilities ?? framing.clientCapabilities,
  };
  const name = params.taskId ?? params.name;
  return new Request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': framing.protocolVersion,
      'mcp-method': method,
      ...(typeof name === 'string' ? { 'mcp-name': name } : {}),
      ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } }),
  });
}
