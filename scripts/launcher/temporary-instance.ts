import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FirstRunFacts } from '@/prisma/seed';
import { readFirstRun } from './first-run';
import { firstFree } from './ports';
import { type Runtime, readRuntime } from './runtime';
import { root } from './settings';

/** The product started like `npm start`, in a temporary folder removed with it. */
export interface TemporaryInstance {
  dataDir: string;
  /** Its parts' addresses. */
  runtime: Runtime;
  /** The demo's keys. */
  facts: FirstRunFacts;
  /** The launcher's pid; changes after `start`. */
  pid(): number;
  /** Restarts the launcher after it was killed. */
  start(): Promise<void>;
  /** Stops everything and removes the folder. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 300_000;

/** Number of instances started by this process. */
let started = 0;

/**
 * Starts an instance on free ports, with an empty data folder unless one is given.
 * @param env is added to this process's environment.
 * @throws Error with the end of the launcher's output if it does not start.
 */
export async function startTemporaryInstance(
  env: Record<string, string> = {},
  dataDir = mkdtempSync(join(tmpdir(), 'humanrail-instance-')),
): Promise<TemporaryInstance> {
  // As root, Postgres runs as a separate user, who must be able to traverse the folder.
  chmodSync(dataDir, 0o755);
  // Several may start concurrently, here or in other processes, and each takes its ports only after
  // its build.
  const offset = (process.pid + started++ * 251) % 1_000;
  const port = await firstFree(20_000 + offset * 5);
  const enginePort = await firstFree(26_000 + offset * 5);
  const ownEnv = {
    ...process.env,
    DATABASE_URL: '',
    INNGEST_DEV: '',
    INNGEST_BASE_URL: '',
    INNGEST_EVENT_KEY: '',
    INNGEST_SIGNING_KEY: '',
    INNGEST_SERVE_ORIGIN: '',
    STOP_WITH_PARENT: '1',
    ...env,
    DATA_DIR: dataDir,
    PORT: String(port),
    ENGINE_PORT: String(enginePort),
  };
  let launcher: ChildProcess;
  const start = async () => {
    launcher = await launch(dataDir, ownEnv);
  };
  const stop = async () => {
    if (launcher && launcher.exitCode === null && launcher.signalCode === null) {
      const ended = once(launcher, 'exit');
      launcher.kill('SIGTERM');
      await ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await start();
    const runtime = readRuntime(dataDir);
    const facts = readFirstRun(dataDir);
    if (!runtime || !facts) throw new Error(`The start wrote no runtime files in ${dataDir}.`);
    return { dataDir, runtime, facts, pid: () => launcher.pid ?? 0, start, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launch(dataDir: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  mkdirSync(join(dataDir, 'log'), { recursive: true });
  const logFile = join(dataDir, 'log/launcher.log');
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const deadline = performance.now() + PATIENCE_MS;
  while (readRuntime(dataDir)?.pid !== child.pid) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline) {
      child.kill('SIGTERM');
      const words = readFileSync(logFile, 'utf8').trim().split('\n').slice(-15).join('\n');
      throw new Error(`The instance did not start. Last output:\n${words}`);
    }
    await sleep(100);
  }
  return child;
}
