import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Account } from './account';
import { PostgresStartError } from './failure';

const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/** How the server is run; `durable: false` trades crash safety for speed, for tests only. */
export interface ServerOptions {
  program: string;
  folder: string;
  port: number;
  account: Account;
  logFile: string;
  durable: boolean;
}

/** A server just started: its process and its output so far. */
export interface ServerProcess {
  child: ChildProcess;
  output(): string;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  max_wal_size: '1GB',
  wal_compression: 'on',
  checkpoint_timeout: '5min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_duration_statement: '1000',
  // Slow or failed statements are logged without their parameters, which hold payloads and answers.
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/**
 * Starts the server in its own process group, so that neither Ctrl-C nor the end of this process
 * stops it half-way.
 */
export function spawnServer(options: ServerOptions): ServerProcess {
  rotate(options.logFile);
  const log = openSync(options.logFile, 'a', 0o600);
  const begin = statSync(options.logFile).size;
  const durability = options.durable ? 'on' : 'off';
  const settings: Record<string, string> = {
    ...SETTINGS,
    fsync: durability,
    synchronous_commit: durability,
    full_page_writes: durability,
  };
  const args = ['-D', options.folder, '-p', String(options.port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const child = spawn(options.program, args, {
    ...options.account,
    cwd: '/',
    detached: true,
    env: { LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return { child, output: () => readFrom(options.logFile, begin) };
}

function rotate(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
}

function readFrom(path: string, begin: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(64 * 1024);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, begin));
  } finally {
    closeSync(file);
  }
}

/** Whether the port of 127.0.0.1 is free. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => resolve(true));
    });
  });
}

/**
 * The first free port from `first` upwards.
 * @throws PostgresStartError if a hundred in a row are taken.
 */
export async function nextFreePort(first: number): Promise<number> {
  for (let port = first; port < first + 100; port++) {
    if (await isPortFree(port)) return port;
  }
  throw new PostgresStartError(
    `No port from ${first} to ${first + 99} is free for Postgres; end the programs that hold them, or set DATABASE_URL to a PostgreSQL server.`,
  );
}
