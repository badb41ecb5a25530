import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deploy } from '@/prisma/migrate';
import { withDeadline } from '@/server/platform/deadline';
import { announce } from './announce';
import { build, isBuilt, sourceHash } from './build';
import { prepareDataFolder } from './data-folder';
import { productEnvironment } from './environment';
import { StartError } from './failure';
import { generateCode } from './generated-code';
import { type Instance, takeInstance } from './instance';
import { commandLine, isPackaged, programArgs } from './packaged';
import { becomesFree, firstFree } from './ports';
import { runPostgres } from './postgres-part';
import { say, step, warn } from './progress';
import { removeRuntime, writeRuntime } from './runtime';
import { root, type Settings } from './settings';
import { type Supervised, supervise } from './supervise';

/** Registers cleanup, run in reverse order when the product stops or its start fails. */
export type Undo = (name: string, work: () => Promise<void> | void) => void;

/**
 * Starts the product: Postgres, migrations, the demo on a new database, the engine, a build if the
 * sources changed, the app. Resolves once all of it responds.
 * @throws StartError or PostgresStartError with a message for the terminal.
 */
export async function launch(settings: Settings, undo: Undo): Promise<void> {
  prepareDataFolder(settings.dataDir);
  if (settings.buildOnly) {
    generateCode();
    return ensureBuilt(settings, { ...process.env }, undo);
  }
  const instance = await takeInstance(settings.dataDir);
  undo('instance', () => instance.release());
  await refusePortInUse(settings, instance);
  generateCode();

  const databaseUrl = settings.databaseUrl ?? (await startDatabase(settings, undo));
  const env = (engineUrl?: string) =>
    productEnvironment(settings, process.env, { databaseUrl, engineUrl });
  // The build needs no database, so the rest starts concurrently.
  const built = settings.dev ? Promise.resolve() : ensureBuilt(settings, env(), undo);
  built.catch(() => undefined);
  await applyMigrations(databaseUrl);
  // The engine does not depend on the seed.
  const seeded = step(
    'seeding',
    () => seed(env()),
    (words) => words,
  );
  seeded.catch(() => undefined);
  const engine = settings.externalEngine
    ? undefined
    : await startEngine(settings, env(), instance, undo);
  await seeded;
  await built;
  await startApp(settings, env(engine?.url), instance, undo);
  await waitForEngine(settings);
  writeRuntime(settings.dataDir, {
    pid: process.pid,
    port: settings.port,
    url: settings.publicUrl,
    databaseUrl,
    engineUrl: engine?.url ?? null,
  });
  undo('runtime', () => removeRuntime(settings.dataDir));
  announce(settings);
}

/**
 * The app registers its background functions with the engine, and retries until it succeeds.
 * Starting without is not a failure: requests are answered and tasks wait.
 */
async function waitForEngine(settings: Settings): Promise<void> {
  const registered = step(
    'registering the background functions',
    () => untilRegistered(settings.localUrl),
    (problem) => problem ?? 'Background functions are registered',
  );
  // An external Inngest server may start later.
  if (!settings.externalEngine) await registered;
  else registered.catch((error: Error) => warn(error.message));
}

const REGISTRATION_PATIENCE_MS = 60_000;
/** Timeout of one response of the app. */
const ANSWER_MS_MAX = 10_000;

/** Resolves once the engine knows the functions, or after a minute with the problem. */
async function untilRegistered(url: string): Promise<string | undefined> {
  const deadline = performance.now() + REGISTRATION_PATIENCE_MS;
  let problem = 'the app does not answer';
  while (performance.now() < deadline) {
    try {
      const { checks } = await withDeadline(ANSWER_MS_MAX, async (signal) => {
        const response = await fetch(`${url}/readyz`, { signal });
        return (await response.json()) as { checks: { engine?: { ok: boolean; message: string } } };
      });
      if (checks.engine?.ok) return undefined;
      problem = checks.engine?.message ?? problem;
    } catch (error) {
      problem = (error as Error).message;
    }
    await sleep(150);
  }
  return `Background functions are not registered yet, and the app goes on trying: ${problem}`;
}

async function refusePortInUse({ port, hosts }: Settings, instance: Instance): Promise<void> {
  // A process counts as ended once its first thread has; the others hold its port a little longer.
  const patienceMs = instance.hadLeftovers ? 15_000 : 0;
  if (await becomesFree(port, hosts, patienceMs)) return;
  throw new StartError(
    `Port ${port} is in use by another program; end that program, or choose another port: PORT=${port + 1} ${commandLine('start')}.`,
  );
}

async function startDatabase(settings: Settings, undo: Undo): Promise<string> {
  const started = step(
    'starting Postgres',
    () => runPostgres(settings),
    ({ port }) => `Postgres is up on port ${port}`,
  );
  undo('Postgres', async () => {
    const server = await started.catch(() => undefined);
    await server?.stop();
  });
  return (await started).url;
}

async function applyMigrations(databaseUrl: string): Promise<void> {
  await step(
    'applying migrations',
    () =>
      deploy(databaseUrl).catch((error: NodeJS.ErrnoException) => {
        throw new StartError(error.message || `The database does not respond (${error.code}).`);
      }),
    (names) =>
      names.length > 0 ? `Applied ${names.length} migrations` : 'The schema is up to date',
  );
}

async function seed(env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, programArgs('seed'), {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new StartError(`The database could not be seeded:\n${errors || output}`);
  return output.trim().split('\n').at(-1) ?? '';
}

async function startEngine(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  instance: Instance,
  undo: Undo,
): Promise<{ url: string }> {
  const port = await firstFree(settings.enginePort);
  const url = `http://127.0.0.1:${port}`;
  const engine = supervise({
    name: 'engine',
    args: [...programArgs('engine'), '--port', String(port)],
    env,
    logFile: join(settings.dataDir, 'log/engine.log'),
    verbose: settings.verbose,
    isReady: () => answers(`${url}/health`),
    onSpawn: (pid) => instance.remember('engine', pid),
    graceMs: 8_000,
  });
  undo('engine', () => engine.stop());
  await step(
    'starting the engine',
    () => engine.ready,
    () => `The engine is up at ${url}`,
  );
  return { url };
}

async function ensureBuilt(settings: Settings, env: NodeJS.ProcessEnv, undo: Undo): Promise<void> {
  if (isPackaged) return;
  const hash = sourceHash();
  if (isBuilt(hash)) return say('✓ The build is up to date');
  const cancel = new AbortController();
  undo('build', () => cancel.abort());
  await step(
    'building the app',
    () => build(hash, env, join(settings.dataDir, 'log/build.log'), cancel.signal),
    () => 'The app is built',
  );
}

async function startApp(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  instance: Instance,
  undo: Undo,
): Promise<void> {
  const app: Supervised = supervise({
    name: 'app',
    args: ['scripts/serve.mjs'],
    env: {
      ...env,
      HOSTS: settings.hosts.join(','),
      WEB_PROCESSES: String(settings.processes),
      SERVE_DEV: settings.dev ? '1' : '0',
    },
    logFile: join(settings.dataDir, 'log/app.log'),
    verbose: settings.verbose,
    isReady: () => answers(`${settings.localUrl}/readyz`),
    onSpawn: (pid) => instance.remember('app', pid),
    graceMs: 12_000,
  });
  undo('app', () => app.stop());
  await step(
    'starting the app',
    () => app.ready,
    () => `The app answers on port ${settings.port}`,
  );
}

async function answers(url: string): Promise<boolean> {
  return await withDeadline(ANSWER_MS_MAX, async (signal) => {
    const response = await fetch(url, { signal });
    await response.body?.cancel();
    return response.ok;
  });
}
