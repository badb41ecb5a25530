import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyTooLarge, refuse } from './refusals.mjs';

const server = createServer((request, response) => refuse(bodyTooLarge(1), request, response));
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const fieldsAt = async (path: string) => {
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  const body = (await answer.json()) as { error: object };
  return { all: Object.keys(body).toSorted(), error: Object.keys(body.error).toSorted() };
};

describe('a refusal is in the form that the clients of its path read', () => {
  it.each(['/v0', '/v0/tasks', '/v0?a=1', '//v0/tasks'])('%s: that of v0', async (path) => {
    expect(await fieldsAt(path)).toEqual({
      all: ['error', 'requestId'],
      error: ['code', 'details', 'message', 'type'],
    });
  });

  it.each(['/v1/tasks', '/', '/v0x', '/dashboard/v0'])('%s: that of v1', async (path) => {
    expect(await fieldsAt(path)).toEqual({
      all: ['error', 'request_id'],
      error: ['code', 'doc_url', 'message', 'type'],
    });
  });
});
