import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson } from '../../launcher/data-folder';
import { identify, isRunning, type ProcessIdentity } from '../../launcher/process-identity';
import { type Runtime, readRuntime } from '../../launcher/runtime';

const PATIENCE_MS = 120_000;

/** The installed package, run like a user does: in a folder, by its command. */
export interface PackagedInstance {
  runtime: Runtime;
  /** Milliseconds until it responded. */
  readyAfterMs: number;
  /** Its output so far. */
  output(): string;
  /**
   * Stops it with this signal.
   * @throws Error naming the processes left over.
   */
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** The environment without a developer's own instance settings. */
export function bareEnvironment(env: Record<string, string>): NodeJS.ProcessEnv {
  const own =
    /^(npm_|NODE_ENV$|INNGEST_|DATABASE_URL$|DATA_DIR$|APP_SECRET$|HOST$|PUBLIC_URL$|NODE_OPTIONS$|CI$)/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  return { ...Object.fromEntries(kept), ...env } as unknown as NodeJS.ProcessEnv;
}

/** The command's script, if the package is installed in `folder`. */
export const commandOf = (folder: string) =>
  join(folder, 'node_modules/humanrail/bin/humanrail.mjs');

/**
 * Starts the package installed in `home`, in the folder `cwd`, where it creates `.data`.
 * @throws Error with its output if it does not start.
 */
export async function startPackaged(
  home: string,
  cwd: string,
  env: Record<string, string>,
): Promise<PackagedInstance> {
  const since = performance.now();
  const child = spawn(process.execPath, [commandOf(home)], {
    cwd,
    env: bareEnvironment({ ...env, STOP_WITH_PARENT: '1' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const add = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const dataDir = join(cwd, '.data');
  while (!/is ready at .*\n[\s\S]*Live key.*\n/.test(output)) {
    if (child.exitCode !== null || performance.now() - since > PATIENCE_MS) {
      // Its parts exit with it, and run from the folder that is removed next.
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGTERM');
      await ended;
      throw new Error(`The package did not start. Output:\n${output}`);
    }
    await sleep(20);
  }
  const readyAfterMs = performance.now() - since;
  const runtime = readRuntime(dataDir);
  if (!runtime) throw new Error(`${dataDir} does not say where the instance is.`);
  const stop = (signal: NodeJS.Signals) => end(child, dataDir, home, signal);
  return { runtime, readyAfterMs, output: () => output, stop };
}

async function end(
  child: ChildProcess,
  dataDir: string,
  home: string,
  signal: NodeJS.Signals,
): Promise<void> {
  const parts = Object.values(
    readJson<Record<string, ProcessIdentity>>(join(dataDir, 'processes.json')) ?? {},
  );
  const postmaster = identify(
    Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]),
  );
  if (parts.length < 2 || !postmaster) throw new Error('The instance does not say what it runs.');
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  const left = [...parts, postmaster].filter(isRunning).map(({ pid }) => `process ${pid}`);
  left.push(...commandsBelow(home));
  if (left.length > 0) throw new Error(`Left running after ${signal}: ${left.join(', ')}.`);
}

/** Processes whose command is a file below the folder. */
function commandsBelow(folder: string): string[] {
  const { stdout } = spawnSync('ps', ['-ww', '-eo', 'pid=,command='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(folder));
}
