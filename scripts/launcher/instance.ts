import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson, writePrivate } from './data-folder';
import { StartError } from './failure';
import { identify, isRunning, type ProcessIdentity } from './process-identity';
import { say } from './progress';
import { lockFile, readRuntime } from './runtime';

/** The only launcher of a data folder, and its running processes. */
export interface Instance {
  /** Whether processes of a killed launcher had to be stopped first. */
  hadLeftovers: boolean;
  /** Records a process, so that the next start can stop it if this launcher is killed. */
  remember(name: string, pid: number): void;
  /** Releases the folder. */
  release(): void;
}

const processFile = (dataDir: string) => join(dataDir, 'processes.json');

/**
 * Locks the data folder for this process, and stops what a killed launcher left running.
 * @throws StartError if another launcher is using it.
 */
export async function takeInstance(dataDir: string): Promise<Instance> {
  await lock(dataDir);
  const hadLeftovers = await endLeftovers(dataDir);
  const processes: Record<string, ProcessIdentity> = {};
  return {
    hadLeftovers,
    remember(name, pid) {
      const identity = identify(pid);
      if (!identity) return;
      processes[name] = identity;
      writePrivate(processFile(dataDir), JSON.stringify(processes));
    },
    release() {
      rmSync(processFile(dataDir), { force: true });
      rmSync(lockFile(dataDir), { force: true });
    },
  };
}

async function lock(dataDir: string): Promise<void> {
  const path = lockFile(dataDir);
  const self = identify(process.pid);
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(self), { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readJson<ProcessIdentity>(path);
    if (holder && isRunning(holder)) await dealWithHolder(holder, dataDir);
    rmSync(path, { force: true });
  }
  throw new StartError(
    `Another start is in progress in ${dataDir}; wait for it, or stop it first.`,
  );
}

/** A launcher whose parent was killed serves nobody's terminal: it is stopped. */
async function dealWithHolder(holder: ProcessIdentity, dataDir: string): Promise<void> {
  const abandoned = identify(holder.pid)?.parent !== holder.parent;
  if (!abandoned) {
    const url = readRuntime(dataDir)?.url;
    throw new StartError(
      `HumanRail already runs from ${dataDir} (process ${holder.pid}${url ? `, ${url}` : ''}); stop it with Ctrl-C or kill ${holder.pid}, or set DATA_DIR and PORT for a second one.`,
    );
  }
  say(`An earlier start (process ${holder.pid}) lost its terminal; ending it.`);
  await end(holder, false);
}

async function endLeftovers(dataDir: string): Promise<boolean> {
  const left = readJson<Record<string, ProcessIdentity>>(processFile(dataDir)) ?? {};
  const running = Object.entries(left).filter(([, identity]) => isRunning(identity));
  if (running.length === 0) return false;
  const names = running.map(([name, { pid }]) => `${name} (process ${pid})`);
  say(`Ending what an earlier start left running: ${names.join(', ')}.`);
  await Promise.all(running.map(([, identity]) => end(identity, true)));
  return true;
}

async function end(identity: ProcessIdentity, group: boolean): Promise<void> {
  const target = group ? -identity.pid : identity.pid;
  signal(target, 'SIGTERM');
  const deadline = performance.now() + (group ? 4_000 : 20_000);
  while (isRunning(identity) && performance.now() < deadline) await sleep(50);
  if (isRunning(identity)) signal(target, 'SIGKILL');
  while (isRunning(identity)) await sleep(20);
}

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch {
    // It exited between the check and the signal.
  }
}
