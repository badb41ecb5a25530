import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhookSignature } from '@humanrail/sdk';

/** A customer's webhook receiver that fails intermittently. */
export interface Receiver {
  url: string;
  /** Set once the endpoint is registered. */
  secret: string;
  /** Distinct event ids, by task and type. */
  events: Map<string, Set<string>>;
  counts: { received: number; repeated: number; refused: number; forged: number };
  stop(): void;
}

export const eventsKey = (taskId: string, type: string) => `${taskId} ${type}`;

/**
 * @param refuseEvery responds 503 to every nth request, but to no event twice, since its third
 * attempt comes minutes later.
 */
export async function startReceiver({ refuseEvery = Infinity } = {}): Promise<Receiver> {
  const counts = { received: 0, repeated: 0, refused: 0, forged: 0 };
  const events = new Map<string, Set<string>>();
  const refused = new Set<string>();
  let requests = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests += 1;
      const eventId = String(request.headers['webhook-id']);
      if (requests % refuseEvery === 0 && !refused.has(eventId)) {
        refused.add(eventId);
        counts.refused += 1;
        response.writeHead(503).end();
        return;
      }
      const payload = Buffer.concat(chunks);
      const signature = String(request.headers['x-humanrail-signature'] ?? '');
      if (!verifyWebhookSignature({ payload, signature, secret: receiver.secret })) {
        counts.forged += 1;
        response.writeHead(401).end();
        return;
      }
      take(JSON.parse(payload.toString('utf8')));
      response.end();
    });
  });

  function take(event: { id: string; type: string; data: { id: string } }): void {
    counts.received += 1;
    const key = eventsKey(event.data.id, event.type);
    const ids = events.get(key) ?? new Set();
    if (ids.has(event.id)) counts.repeated += 1;
    events.set(key, ids.add(event.id));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/`,
    secret: '',
    events,
    counts,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
