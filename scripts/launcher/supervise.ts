import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './failure';
import { errorIn, followLog, openLog } from './log-tail';
import { say, warn } from './progress';
import { root } from './settings';

/** A part of the product that runs as a separate process. */
export interface Part {
  /** Its name in the terminal: "engine", "app". */
  name: string;
  /** Arguments for Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  verbose: boolean;
  /** Resolves to true once the part is working. */
  isReady: () => Promise<boolean>;
  /** Called with the pid of each process started. */
  onSpawn: (pid: number) => void;
  /** Grace period before it is killed, in milliseconds. */
  graceMs: number;
}

/** A supervised part. */
export interface Supervised {
  /**
   * Resolves once the part is ready for the first time, or was stopped before; rejects with the end
   * of its output, as a StartError, if its first process exits before it is ready.
   */
  ready: Promise<void>;
  /** Asks the part to stop and waits; kills it after the grace period. */
  stop(): Promise<void>;
}

const LONGEST_PAUSE_MS = 15_000;
const HEALTHY_MS = 30_000;

/**
 * Starts a part. After it has been ready, it is restarted whenever it exits: immediately the first
 * time, then with backoff.
 */
export function supervise(part: Part): Supervised {
  let stopping = false;
  let child = launch(part);

  const keepRunning = async () => {
    let pause = 0;
    while (!stopping) {
      const since = performance.now();
      const how = await child.ended;
      if (stopping) return;
      if (performance.now() - since > HEALTHY_MS) pause = 0;
      const when = pause > 0 ? ` in ${pause / 1000} s` : '';
      warn(`The ${part.name} ended (${how}); starting it again${when}.`);
      await sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MS, Math.max(500, pause * 2));
      if (stopping) return;
      child = launch(part);
      void announceReturn(part, child);
    }
  };
  let running: Promise<void> = Promise.resolve();
  const ready = untilReady(part, child).then((isReady) => {
    if (!isReady && !stopping) throw lastWords(part, child);
    running = keepRunning();
  });
  return {
    ready,
    async stop() {
      stopping = true;
      await child.stop(part.graceMs);
      await running;
    },
  };
}

async function announceReturn(part: Part, child: Child): Promise<void> {
  if (await untilReady(part, child)) {
    say(`✓ The ${part.name} is back.`);
  }
}

function lastWords(part: Part, child: Child): StartError {
  const words = child.recent().trim().split('\n').slice(-12).join('\n    ');
  return new StartError(
    `The ${part.name} ended before it was ready. Its last words, from ${part.logFile}:\n    ${words}`,
  );
}

/** Waits until the part is ready (true) or its process has exited (false). */
async function untilReady(part: Part, child: Child): Promise<boolean> {
  while (!child.hasEnded()) {
    if (await part.isReady().catch(() => false)) return true;
    await sleep(100);
  }
  return false;
}

interface Child {
  /** Resolves with the exit status when the process has exited. */
  ended: Promise<string>;
  hasEnded(): boolean;
  recent(): string;
  stop(graceMs: number): Promise<void>;
}

function launch(part: Part): Child {
  const log = openLog(part.logFile);
  const tail = followLog(part.logFile, (line) => {
    if (part.verbose) console.log(`${part.name} | ${line}`);
    else {
      const error = errorIn(line);
      if (error) warn(`${part.name}: ${error.slice(0, 500)}`);
    }
  });
  // A separate process group: Ctrl-C reaches only the launcher, which then stops the parts in
  // order.
  const child = spawn(process.execPath, part.args, {
    cwd: root,
    env: part.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  if (child.pid) part.onSpawn(child.pid);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    const finish = (how: string) => {
      over = true;
      tail.stop();
      resolve(how);
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, signal) => finish(signal ?? `code ${code}`));
  });
  return {
    ended,
    hasEnded: () => over,
    recent: tail.recent,
    async stop(graceMs) {
      if (over) return;
      signalGroup(child, 'SIGTERM');
      const patience = new AbortController();
      const late = sleep(graceMs, 'late', { signal: patience.signal }).catch(() => 'done');
      const first = await Promise.race([ended, late]);
      patience.abort();
      if (first === 'late') signalGroup(child, 'SIGKILL');
      await ended;
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // It exited between the check and the signal.
  }
}
