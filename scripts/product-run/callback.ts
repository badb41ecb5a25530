import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A task's `callback_url` that responds 503 to the first attempt of each event. */
export interface Callback {
  url: string;
  /** The times of each event's attempts, in milliseconds, by event id. */
  tries: Map<string, number[]>;
  /** Types of the events that were accepted. */
  accepted: Set<string>;
  stop(): void;
}

export async function startCallback(): Promise<Callback> {
  const tries = new Map<string, number[]>();
  const accepted = new Set<string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const eventId = String(request.headers['webhook-id']);
    const times = [...(tries.get(eventId) ?? []), performance.now()];
    tries.set(eventId, times);
    if (times.length === 1) {
      response.writeHead(503).end();
      return;
    }
    accepted.add((JSON.parse(Buffer.concat(chunks).toString('utf8')) as { type: string }).type);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/callback`,
    tries,
    accepted,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
