import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@/server/platform/clock';
import type { EngineKeys } from '@/server/platform/engine-signature';
import { isLoopback } from './access';
import { EngineCore } from './engine';
import { limits } from './limits';
import { createEngineServer } from './server';

export interface EngineOptions {
  /**
   * Postgres that stores all of the engine's state; a direct connection, because it uses LISTEN.
   */
  databaseUrl: string;
  /** Default 8288, or the next free port; 0 uses any. */
  port?: number;
  /** Requires `port`, waiting a few seconds for it: apps may already know that address. */
  exactPort?: boolean;
  /** Default 127.0.0.1. */
  host?: string;
  /**
   * Credentials required of apps and people, also used to sign requests to apps and their
   * responses. Undefined is development mode: nothing is signed or authenticated, and only loopback
   * is served. The product never runs that way; it exists for suites that use the SDK's development
   * mode.
   */
  keys: EngineKeys | undefined;
  /** Replaces the backoff between attempts, in milliseconds; for suites. */
  retryIntervalMs?: number;
  /** A test clock; see `advance`. */
  clock?: Clock;
  /** Concurrent jobs; default 100. */
  workers?: number;
  /** The Postgres schema; default `engine`. */
  schema?: string;
  /** Timeout of one request to the app, in milliseconds; default 5 minutes. */
  callTimeoutMs?: number;
}

export interface Engine {
  /** The address for `INNGEST_BASE_URL`. */
  url: string;
  port: number;
  /** Finishes jobs in progress (3 s at most) and releases the port and the database. */
  stop(): Promise<void>;
  /** Runs everything that is due until nothing is due at the current time. */
  drain(timeoutMs?: number): Promise<void>;
  /** Test clock: advances time by `ms`, step by step over due times, running what is due. */
  advance(ms: number): Promise<void>;
}

/**
 * Starts an engine that implements Inngest's protocol and stores its state in Postgres. Any number
 * of processes may run on one database; they share the work.
 * @throws Error if the database is unreachable, no port is free, or the address is not loopback and
 * no keys are given.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const host = options.host ?? '127.0.0.1';
  const loopback = isLoopback(host);
  if (!loopback && !options.keys) {
    throw new Error(
      `The engine would listen on ${host}, where others can reach it: give it keys, or leave the host at 127.0.0.1.`,
    );
  }
  const core = await EngineCore.start({
    databaseUrl: options.databaseUrl,
    schema: options.schema ?? 'engine',
    workers: options.workers ?? 100,
    signingKey: options.keys?.signingKey,
    retryIntervalMs: options.retryIntervalMs,
    callMs: options.callTimeoutMs ?? limits.callMs,
    leaseMs: limits.leaseMs,
    clock: options.clock,
  });
  const server = createEngineServer(core, { loopback, keys: options.keys });
  try {
    const first = options.port ?? 8288;
    const port = options.exactPort
      ? await listenExactly(server, host, first)
      : await listen(server, host, first);
    return {
      url: `http://${host.includes(':') ? `[${host.replace(/[[\]]/g, '')}]` : host}:${port}`,
      port,
      drain: (timeoutMs = 30_000) => core.drain(timeoutMs),
      advance: (ms) => core.advance(ms),
      async stop() {
        await close(server, () => core.stop());
      },
    };
  } catch (error) {
    await core.stop();
    throw error;
  }
}

const portsTried = 50;

async function listen(server: Server, host: string, first: number): Promise<number> {
  const last = first === 0 ? 0 : Math.min(first + portsTried, 65_535);
  for (let port = first; port <= last; port += 1) {
    const bound = await tryListen(server, host, port);
    if (bound !== undefined) return bound;
  }
  throw new Error(`No port from ${first} to ${last} is free on ${host}; choose another one.`);
}

/** A process that was just killed may hold its port for a moment. */
async function listenExactly(server: Server, host: string, port: number): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const bound = await tryListen(server, host, port);
    if (bound !== undefined) return bound;
    await sleep(250);
  }
  throw new Error(
    `Port ${port} on ${host} is in use; stop the process using it, or choose another port.`,
  );
}

function tryListen(server: Server, host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, host.replace(/[[\]]/g, ''));
  });
}

/**
 * Stops accepting requests, lets work finish (apps may still checkpoint), then closes everything
 * else.
 */
async function close(server: Server, stopWork: () => Promise<void>): Promise<void> {
  await stopWork();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
