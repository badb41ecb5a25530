import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A door of the app on its own port. */
export interface ServedDoor {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  close(): Promise<void>;
}

type Handlers = Partial<Record<string, (request: Request) => Promise<Response>>>;

/**
 * Serves the handlers that `handlersFor` returns for the address, by method, as Next does for a
 * route.
 */
export async function serveDoor(
  handlersFor: (origin: string) => Handlers,
  port = 0,
): Promise<ServedDoor> {
  let handlers: Handlers = {};
  const server: Server = createServer((request, response) => {
    answer(handlers, request).then(
      async (answered) => {
        const body = Buffer.from(await answered.arrayBuffer());
        response.writeHead(answered.status, Object.fromEntries(answered.headers));
        response.end(body);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  handlers = handlersFor(origin);
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(handlers: Handlers, request: IncomingMessage): Promise<Response> {
  const handler = handlers[request.method ?? ''];
  if (!handler) return new Response(null, { status: 405 });
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return handler(
    new Request(`http://${request.headers.host}${request.url}`, {
      method: request.method,
      headers: request.headers as Record<string, string>,
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks).toString('utf8') } : {}),
    }),
  );
}
