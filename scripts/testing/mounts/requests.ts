import { FIRST_TASK } from '../../launcher/announce';

/** A request to which both mounts must respond alike. */
export interface Asked {
  name: string;
  method?: string;
  path: string;
  /** Sent as JSON. */
  body?: string;
  /** Whether it carries the demo's key; default true. */
  key?: boolean;
  headers?: Record<string, string>;
}

const task = JSON.stringify(FIRST_TASK);

/** One of each door, and of requests that routers and servers tend to treat differently. */
export const ASKED: readonly Asked[] = [
  { name: 'a create', method: 'POST', path: '/v1/tasks', body: task },
  { name: 'a create without a key', method: 'POST', path: '/v1/tasks', body: task, key: false },
  { name: 'a create that is no JSON', method: 'POST', path: '/v1/tasks', body: '{"a":' },
  { name: 'a create without a body', method: 'POST', path: '/v1/tasks' },
  {
    name: 'a create that is too large',
    method: 'POST',
    path: '/v1/tasks',
    body: JSON.stringify({ text: 'x'.repeat(1024 * 1024) }),
  },
  { name: 'a page of nothing', path: '/v1/tasks?limit=5&type=nobody.made.it' },
  { name: 'a query that is not valid', path: '/v1/tasks?limit=no' },
  { name: 'a task that is not there', path: '/v1/tasks/01a22df7-b90d-753d-a8dc-621418eaa659' },
  { name: 'an id with escapes', path: '/v1/tasks/a%2Fb%20c%C3%A9' },
  { name: 'an id with broken escapes', path: '/v1/tasks/%ff' },
  { name: 'a name that is spelt by escapes', path: '/v1/t%61sks' },
  { name: 'a slash at the end', path: '/v1/balance/' },
  { name: 'two slashes', path: '/v1//balance' },
  { name: 'an unknown path', path: '/v1/nowhere/at/all' },
  { name: 'the root', path: '/v1' },
  { name: 'a method that the path does not take', method: 'DELETE', path: '/v1/balance' },
  { name: 'HEAD', method: 'HEAD', path: '/v1/balance' },
  { name: 'a preflight', method: 'OPTIONS', path: '/v1/tasks' },
  { name: 'a name among parameters', path: '/v1/webhooks/callback_secret' },
  { name: 'a name where a parameter is meant', path: '/v1/webhooks/callback_secret/deliveries' },
  { name: 'the description', path: '/v1/openapi.json', key: false },
  // Either instance may have tasks of any type that others run.
  { name: 'the older dialect', path: '/v0/tasks?limit=1&task_type=never_asked_for' },
  { name: 'the older dialect, an unknown path', path: '/v0/nowhere' },
  { name: 'the older dialect, a health check', path: '/v0/healthz', key: false },
  { name: 'MCP without a key', method: 'POST', path: '/mcp', body: '{}', key: false },
  { name: 'MCP with no message', method: 'POST', path: '/mcp', body: '[]' },
  { name: 'MCP by GET', path: '/mcp' },
  { name: 'health', path: '/healthz', key: false },
  { name: 'readiness', path: '/readyz', key: false },
  { name: 'metrics by another method', method: 'PUT', path: '/metrics', key: false },
  { name: 'keys of receipts', path: '/.well-known/humanrail-keys.json', key: false },
  { name: 'a job without a signature', method: 'POST', path: '/api/inngest', body: '{}' },
  { name: 'a procedure, signed out', path: '/api/trpc/accounts.me', key: false },
  { name: 'ways in', path: '/api/trpc/accounts.waysIn', key: false },
  {
    name: 'a change from another site',
    method: 'POST',
    path: '/api/trpc/accounts.changeName',
    body: '{"json":{"name":"x"}}',
    headers: { origin: 'https://elsewhere.example' },
  },
  { name: 'a procedure by another method', method: 'PUT', path: '/api/trpc/accounts.me' },
  {
    name: 'a file, signed out',
    path: '/api/media/x?url=https%3A%2F%2Felsewhere.example',
    key: false,
  },
  { name: 'a notice of no deposit', method: 'POST', path: '/api/rails/deposits/x', body: '{}' },
  { name: 'a refund that is not there', path: '/api/lnurl/refunds/x', key: false },
  { name: 'an event for no inbox', method: 'POST', path: '/inbox/x', body: '{}', key: false },
  { name: 'an address that is in no table', path: '/api/nowhere', key: false },
];
