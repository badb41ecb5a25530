import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { env } from '@/server/platform/env';

/** A request as received. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface WebhookReceiver {
  /** A URL of the receiver; each path has its own list and response. */
  url(path: string): string;
  /** Requests to a path, oldest first. */
  received(path: string): Received[];
  /** Sets a path's response from now on; default 200. */
  answer(path: string, answer: Answer): void;
}

/**
 * Runs a real HTTP server on loopback for the test file that calls this at its top level, and
 * allows loopback webhooks, like the embedded default.
 */
export function useWebhookReceiver(): WebhookReceiver {
  const requests: Received[] = [];
  const answers = new Map<string, Answer>();
  let server: Server;
  const formerly = env.WEBHOOKS_ALLOW_PRIVATE;

  beforeAll(async () => {
    env.WEBHOOKS_ALLOW_PRIVATE = true;
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const path = request.url ?? '';
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push({ path, headers: request.headers, body });
      const answer = answers.get(path) ?? { status: 200, body: 'ok' };
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    env.WEBHOOKS_ALLOW_PRIVATE = formerly;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    url: (path) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    received: (path) => requests.filter((request) => request.path === path),
    answer: (path, answer) => {
      answers.set(path, answer);
    },
  };
}
