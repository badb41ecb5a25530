import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningServer } from '@/server/embedded/postgres/running-server';
import { readJson } from '../launcher/data-folder';
import type { ProcessIdentity } from '../launcher/process-identity';
import type { TemporaryInstance } from '../launcher/temporary-instance';

export const VICTIMS = ['engine', 'app', 'Postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

const PATIENCE_MS = 60_000;

/** The victim's current process; undefined while it is down. */
function findVictim({ dataDir }: TemporaryInstance, victim: Victim): number | undefined {
  if (victim === 'Postgres') return findRunningServer(join(dataDir, 'postgres/cluster'))?.pid;
  const noted = readJson<Record<string, ProcessIdentity>>(join(dataDir, 'processes.json'));
  const pid = noted?.[victim]?.pid;
  // The launcher starts each part in its own process group.
  return pid && isThere(-pid) ? -pid : undefined;
}

function isThere(target: number): boolean {
  try {
    process.kill(target, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Kills a part of the instance without warning.
 * @throws Error if it has not recovered from an earlier kill within a minute.
 */
export async function killPart(instance: TemporaryInstance, victim: Victim): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const target = findVictim(instance, victim);
    if (target !== undefined) {
      process.kill(target, 'SIGKILL');
      return;
    }
    if (performance.now() > deadline) throw new Error(`The ${victim} has not come back.`);
    await sleep(50);
  }
}

/** Kills the launcher without warning, and restarts the instance like a person would. */
export async function killLauncher(instance: TemporaryInstance): Promise<void> {
  process.kill(instance.pid(), 'SIGKILL');
  await sleep(2_000);
  await instance.start();
}
