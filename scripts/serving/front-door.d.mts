import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { readTrustedProxies } from './client-address.mjs';

interface DoorSettings {
  servedHosts: Set<string>;
  trustedProxies: ReturnType<typeof readTrustedProxies>;
  requestTimeoutMs?: number;
}

export function createFrontDoor(
  settings: DoorSettings,
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown,
): Server;
