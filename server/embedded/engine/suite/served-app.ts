import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inngest, type InngestFunction } from 'inngest';
import { serve } from 'inngest/node';
import type { EngineKeys } from '@/server/platform/engine-signature';

/** Keys shared by engines and apps in tests. */
export const TEST_KEYS: EngineKeys = {
  eventKey: 'test-event-key',
  signingKey: 'signkey-test-0123456789abcdef0123456789abcdef',
};

const silent = { info() {}, warn() {}, error() {}, debug() {} };

export interface ClientOptions {
  id: string;
  engineUrl: string;
  checkpointing?: boolean;
}

/** A quiet SDK client that talks to the engine at `engineUrl`. */
export function createClient(options: ClientOptions): Inngest {
  return new Inngest({
    id: options.id,
    logger: silent,
    internalLogger: silent,
    checkpointing: options.checkpointing ?? true,
    baseUrl: options.engineUrl,
    isDev: false,
    ...TEST_KEYS,
  });
}

/** Functions served over HTTP on this machine. */
export interface ServedApp {
  url: string;
  port: number;
  /** Makes the SDK register the functions. @throws Error with the engine's response. */
  register(): Promise<void>;
  close(): Promise<void>;
}

/** Serves functions as a separate app, on `port` or any free one. */
export async function serveFunctions(
  client: Inngest,
  functions: InngestFunction.Any[],
  port = 0,
): Promise<ServedApp> {
  const server = createServer(serve({ client, functions }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const url = `http://127.0.0.1:${bound}/api/inngest`;
  return {
    url,
    port: bound,
    async register() {
      const answer = await fetch(url, { method: 'PUT' });
      if (!answer.ok) throw new Error(`The app was not registered: ${await answer.text()}`);
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
