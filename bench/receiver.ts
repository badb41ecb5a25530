import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;

/** Receives webhooks, like an agent's own server. */
export interface Receiver {
  url: string;
  /** Arrival of `task.verified`, by task, in milliseconds since the epoch. */
  verifiedAt: ReadonlyMap<string, number>;
  waitFor(ids: readonly string[]): Promise<void>;
  stop(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const verifiedAt = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    const arrivedMs = Date.now();
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      response.end();
      const event = JSON.parse(text) as { type: string; data: { id: string } };
      const known = verifiedAt.has(event.data.id);
      if (event.type === 'task.verified' && !known) verifiedAt.set(event.data.id, arrivedMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    verifiedAt,
    async waitFor(ids) {
      const deadlineMs = performance.now() + PATIENCE_MS;
      while (ids.some((id) => !verifiedAt.has(id))) {
        if (performance.now() > deadlineMs) {
          const missing = ids.filter((id) => !verifiedAt.has(id)).length;
          throw new Error(`${missing} of ${ids.length} tasks were not reported as verified.`);
        }
        await sleep(50);
      }
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
