import type { TemporaryInstance } from '@/scripts/launcher/temporary-instance';
import { db } from '@/server/platform/db';
import { type Part, usageOf } from './process-tree';

interface Used {
  cpuMs: Record<Part, number>;
  transactions: number;
  runs: number;
}

/** An instance's cumulative usage at an instant. */
interface Mark extends Used {
  atMs: number;
}

/** An instance's usage over an interval. */
export interface Difference extends Used {
  seconds: number;
}

/** Runs `work`, and returns the instance's usage meanwhile. The process must use the instance's database. */
export async function between(
  instance: TemporaryInstance,
  work: () => Promise<unknown>,
): Promise<Difference> {
  const before = await mark(instance);
  await work();
  const after = await mark(instance);
  return {
    seconds: (after.atMs - before.atMs) / 1_000,
    cpuMs: {
      app: after.cpuMs.app - before.cpuMs.app,
      postgres: after.cpuMs.postgres - before.cpuMs.postgres,
      engine: after.cpuMs.engine - before.cpuMs.engine,
      launcher: after.cpuMs.launcher - before.cpuMs.launcher,
    },
    transactions: after.transactions - before.transactions,
    runs: after.runs - before.runs,
  };
}

async function mark(instance: TemporaryInstance): Promise<Mark> {
  const [counted] = await db.$queryRaw<{ transactions: bigint; runs: bigint }[]>`
    SELECT (SELECT xact_commit + xact_rollback FROM pg_stat_database
             WHERE datname = current_database()) AS transactions,
           (SELECT count(*) FROM engine.run) AS runs`;
  return {
    atMs: performance.now(),
    cpuMs: usageOf(instance.pid()).cpuMs,
    transactions: Number(counted?.transactions),
    runs: Number(counted?.runs),
  };
}

/** Of all parts together. */
export const sumOf = (cpuMs: Record<Part, number>) =>
  cpuMs.app + cpuMs.postgres + cpuMs.engine + cpuMs.launcher;

/** The usage beyond that of an idle instance in the same time. */
export function beyondIdle(used: Difference, idle: Difference) {
  return (of: (difference: Difference) => number) =>
    of(used) - (of(idle) / idle.seconds) * used.seconds;
}
