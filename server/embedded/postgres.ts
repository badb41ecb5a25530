import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverAccount } from './postgres/account';
import { type Binaries, findBinaries } from './postgres/binaries';
import { type Cluster, ensureCluster, USER } from './postgres/cluster';
import { explainFileError, explainOutput, PostgresStartError } from './postgres/failure';
import { findRunningServer, isAlive } from './postgres/running-server';
import {
  isPortFree,
  nextFreePort,
  type ServerProcess,
  spawnServer,
} from './postgres/server-process';

export { PostgresStartError } from './postgres/failure';

const FIRST_PORT = 54_329;
const DATABASE = 'humanrail';
const SHUTDOWN_MS = 30_000;

/** Options of `startPostgres`. */
export interface PostgresOptions {
  /** Folder of this server; created if absent. Holds the cluster, its password and its log. */
  dataDir: string;
  /** Required port; by default 54329 or the next free one. */
  port?: number;
  /** Receives notable messages, one line each. */
  log?: (line: string) => void;
  /** The server's log file; `postgres.log` in `dataDir` by default. */
  logFile?: string;
  /** `false` turns fsync off: for tests, whose data is disposable. */
  durable?: boolean;
}

/** A running Postgres. */
export interface RunningPostgres {
  /** Connection string of the database `humanrail`, with the password. */
  url: string;
  port: number;
  pid: number;
  /** Whether the server's process is alive. */
  alive(): boolean;
  /** Stops the server like `pg_ctl stop -m fast`, and waits for its exit. */
  stop(): Promise<void>;
}

interface Started {
  pid: number;
  port: number;
  process?: ServerProcess;
}

/**
 * Starts PostgreSQL from npm on the data in `dataDir`, listening on 127.0.0.1 only. Reuses a server
 * that a crash left running; one that was killed recovers from its log.
 * @throws PostgresStartError with one sentence: folder not writable, disk full, port in use.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => undefined);
  try {
    const account = serverAccount();
    const binaries = findBinaries(account, dataDir);
    const cluster = await ensureCluster(dataDir, binaries, account, log);
    const started = (await takeOver(cluster, log)) ?? (await launch(options, binaries, cluster));
    const url = (name: string) =>
      `postgresql://${USER}:${cluster.password}@127.0.0.1:${started.port}/${name}`;
    await waitUntilReady(started, url('postgres'), dataDir, log);
    await ensureDatabase(url('postgres'));
    return {
      url: url(DATABASE),
      port: started.port,
      pid: started.pid,
      alive: () => isAlive(started.pid),
      stop: () => stop(started),
    };
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}

async function takeOver(
  cluster: Cluster,
  log: (line: string) => void,
): Promise<Started | undefined> {
  const deadline = performance.now() + SHUTDOWN_MS;
  for (;;) {
    const server = findRunningServer(cluster.folder);
    if (!server) return undefined;
    if (!server.stopping && server.port > 0) {
      log(
        `Postgres was still running (process ${server.pid}, port ${server.port}); taking it over.`,
      );
      return { pid: server.pid, port: server.port };
    }
    if (performance.now() > deadline) {
      throw new PostgresStartError(
        `Postgres (process ${server.pid}) has been shutting down for 30 s; end it with kill -QUIT ${server.pid} and start again.`,
      );
    }
    await sleep(50);
  }
}

async function launch(
  options: PostgresOptions,
  binaries: Binaries,
  cluster: Cluster,
): Promise<Started> {
  const dataDir = resolve(options.dataDir);
  const fixed = options.port;
  if (fixed !== undefined && !(await isPortFree(fixed))) throw portInUse(fixed);
  let port = fixed ?? (await nextFreePort(FIRST_PORT));
  const deadline = performance.now() + SHUTDOWN_MS;
  for (;;) {
    const server = spawnServer({
      program: binaries.postgres,
      folder: cluster.folder,
      port,
      account: serverAccount(),
      logFile: options.logFile ?? resolve(dataDir, 'postgres.log'),
      durable: options.durable ?? true,
    });
    const outcome = await firstWords(server);
    if (outcome === 'running') {
      return { pid: server.child.pid ?? 0, port, process: server };
    }
    const output = server.output();
    const retry = performance.now() < deadline;
    if (/Address already in use/.test(output)) {
      // Another process took the port between the check and the start.
      if (fixed !== undefined || !retry) throw portInUse(port);
      port = await nextFreePort(port + 1);
    } else if (/still in use|lock file .* already exists/.test(output) && retry) {
      // A killed server's last children still hold its shared memory; they end on their own.
      await sleep(200);
    } else {
      throw explainOutput(output, dataDir, 'did not start');
    }
  }
}

function portInUse(port: number): PostgresStartError {
  return new PostgresStartError(
    `Port ${port} is in use by another program, so Postgres cannot have it; end that program or choose another port.`,
  );
}

/** Waits until the new server listens, or exits. */
async function firstWords(server: ServerProcess): Promise<'running' | 'ended'> {
  let ended = false;
  const failure = once(server.child, 'error').then(([error]) => Promise.reject(error));
  const exit = once(server.child, 'exit').then(() => {
    ended = true;
  });
  failure.catch(() => undefined);
  while (!ended) {
    if (/listening on IPv4 address/.test(server.output())) return 'running';
    await Promise.race([sleep(20), exit, failure]);
  }
  return 'ended';
}

async function waitUntilReady(
  started: Started,
  url: string,
  dataDir: string,
  log: (line: string) => void,
): Promise<void> {
  const begin = performance.now();
  let told = false;
  for (;;) {
    const problem = await tryToConnect(url);
    if (!problem) return;
    if (!isAlive(started.pid)) {
      throw explainOutput(
        started.process?.output() ?? problem.message,
        dataDir,
        'ended at its start',
      );
    }
    // Wrong password: the server does not belong to this folder's password.
    if ((problem as { code?: string }).code === '28P01') {
      throw new PostgresStartError(
        `The Postgres on port ${started.port} does not accept the password in ${dataDir}/password; put the right one back, or move ${dataDir} away.`,
      );
    }
    if (!told && performance.now() - begin > 1_500) {
      told = true;
      log('Postgres is recovering what an unclean end left in its log …');
    }
    await sleep(30);
  }
}

async function tryToConnect(url: string): Promise<Error | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    // Another process that reused the server at the same time created it first.
    if ((error as { code?: string }).code !== '42P04') throw error;
  } finally {
    await client.end();
  }
}

async function stop(started: Started): Promise<void> {
  if (!isAlive(started.pid)) return;
  process.kill(started.pid, 'SIGINT');
  const deadline = performance.now() + SHUTDOWN_MS;
  while (isAlive(started.pid)) {
    if (performance.now() > deadline) process.kill(started.pid, 'SIGQUIT');
    await sleep(20);
  }
}
