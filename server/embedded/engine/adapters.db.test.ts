import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from 'inngest/next';
import type { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createClient } from './suite/served-app';
import { TestBed } from './suite/test-bed';

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed(inject('adminUrl'));
});
afterEach(() => bed.close());

type Handler = (request: NextRequest, context: unknown) => Promise<Response>;

async function toRequest(request: IncomingMessage, origin: string): Promise<NextRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { NextRequest: Next } = await import('next/server');
  return new Next(new URL(request.url ?? '/', origin), {
    method: request.method,
    headers: request.headers as Record<string, string>,
    body: request.method === 'GET' ? undefined : Buffer.concat(chunks).toString('utf8'),
  });
}

describe.each([true, false])('behind the Next adapter, checkpointing %s', (checkpointing) => {
  test('steps in a row and side by side run once each, and the result is kept', async () => {
    const engine = await bed.engine();
    const client = createClient({ id: 'next', engineUrl: engine.url, checkpointing });
    const ran: string[] = [];
    const work = client.createFunction(
      { id: 'f', triggers: [{ event: 'go' }] },
      async ({ step }) => {
        const first = await step.run('first', () => ran.push('first'));
        const pair = await Promise.all(
          ['b', 'c'].map((name) => step.run(name, () => ran.push(name))),
        );
        const last = await step.run('last', () => ran.push('last'));
        return { first, pairs: pair.length, last };
      },
    );
    const handlers = serve({ client, functions: [work] }) as unknown as Record<string, Handler>;
    const server = createServer((request, response) => {
      void (async () => {
        const origin = `http://${request.headers.host}`;
        const handler = handlers[request.method ?? ''];
        const answer = await handler?.(await toRequest(request, origin), {});
        response.writeHead(answer?.status ?? 405, Object.fromEntries(answer?.headers ?? []));
        response.end(await answer?.text());
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
      expect((await fetch(url, { method: 'PUT' })).status).toBe(200);
      await client.send({ name: 'go', data: {} });
      await engine.drain();
      expect([...ran].sort()).toEqual(['b', 'c', 'first', 'last']);
      const { rows } = await bed.db.query<{ output: string }>('SELECT output FROM run');
      expect(JSON.parse(rows[0]?.output ?? '')).toEqual({ first: 1, pairs: 2, last: 4 });
    } finally {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });
});
