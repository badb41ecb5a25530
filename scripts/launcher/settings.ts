import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { readEnv } from '@/server/platform/read-env';
import { readTrustedProxies } from '../serving/client-address.mjs';
import { readServedHosts } from '../serving/served-hosts.mjs';
import { StartError } from './failure';
import { home, isPackaged } from './packaged';

export { root } from './packaged';

/** Environment variables by name. */
type Variables = Record<string, string | undefined>;

/** The launcher's settings. */
export interface Settings {
  dev: boolean;
  verbose: boolean;
  /** Only build, as for an image; starts nothing. */
  buildOnly: boolean;
  /** Absolute path of the folder with all of this instance's data. */
  dataDir: string;
  port: number;
  /** Addresses to listen on. */
  hosts: string[];
  publicUrl: string;
  /** The app's address on this machine, also for the engine's calls. */
  localUrl: string;
  /** Number of processes that serve the app. */
  processes: number;
  /** An external Postgres; undefined starts the embedded server. */
  databaseUrl: string | undefined;
  /** Whether an external Inngest server runs the jobs. */
  externalEngine: boolean;
  /** First port tried for the embedded engine. */
  enginePort: number;
}

const FLAGS = new Set(isPackaged ? ['--verbose'] : ['--dev', '--verbose', '--build']);

/** Loads `.env` into the environment; existing variables take precedence. */
export function loadDotEnv(): void {
  const file = join(home, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** An instance's data folder: `DATA_DIR`, or `.data` in the checkout or in the package's current folder. */
export function dataFolder(env: Variables): string {
  return resolve(home, env.DATA_DIR || '.data');
}

/**
 * Parses command line and environment.
 * @throws StartError for an unknown flag or an invalid port.
 */
export function readSettings(args: string[], env: Variables): Settings {
  const unknown = args.find((arg) => !FLAGS.has(arg));
  if (unknown) {
    throw new StartError(`Unknown option ${unknown}; the options are ${[...FLAGS].join(', ')}.`);
  }
  const dev = args.includes('--dev');
  const port = readPort(env.PORT, 'PORT', 3000);
  checkEnvironment(env);
  const hosts = env.HOST ? [env.HOST] : ['127.0.0.1', '::1'];
  return {
    dev,
    verbose: args.includes('--verbose'),
    buildOnly: args.includes('--build'),
    dataDir: dataFolder(env),
    port,
    hosts,
    publicUrl: env.PUBLIC_URL || `http://localhost:${port}`,
    localUrl: `http://${localHost(hosts)}:${port}`,
    processes: dev ? 1 : readProcesses(env.WEB_PROCESSES),
    databaseUrl: env.DATABASE_URL || undefined,
    externalEngine: Boolean(env.INNGEST_BASE_URL || isOn(env.INNGEST_DEV)),
    enginePort: readPort(env.ENGINE_PORT, 'ENGINE_PORT', 8288),
  };
}

/** Reports all problems that the parts would otherwise hit one after another, before any of them starts. */
function checkEnvironment(env: Variables): void {
  try {
    readEnv(env);
    readTrustedProxies(env.TRUSTED_PROXIES);
    readServedHosts(env);
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

/** Inngest's SDK treats 0 and false as "not a dev server". */
function isOn(text: string | undefined): boolean {
  return Boolean(text) && text !== '0' && text !== 'false';
}

function localHost([host = '127.0.0.1']: string[]): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function readPort(text: string | undefined, name: string, fallback: number): number {
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new StartError(`${name} must be a port number from 1 to 65535, not "${text}".`);
}

function readProcesses(text: string | undefined): number {
  // Each process has its own connection pool, and the embedded Postgres allows two hundred
  // connections.
  if (!text) return Math.min(availableParallelism(), 8);
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= 64) return count;
  throw new StartError(`WEB_PROCESSES must be a number from 1 to 64, not "${text}".`);
}
