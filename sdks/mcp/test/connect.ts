import type { HumanRail } from '@humanrail/sdk';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer } from '../src/index.js';

/** Both generations of the protocol: 2025-11-25 and 2026-07-28. */
export const ERAS = ['legacy', 'auto'] as const;

/** The official client, joined to a server in this process; closes both by `close`. */
export async function connect(api: HumanRail, era: (typeof ERAS)[number]): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  serveStdio(() => createMcpServer(api), { transport: far });
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode: era } },
  );
  await client.connect(near);
  return client;
}
