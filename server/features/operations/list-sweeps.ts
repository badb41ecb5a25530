import { clock } from '@/server/platform/clock';
import {
  declaredSweeps,
  lateAfterMs,
  listSweepRuns,
  MINUTE_SWEEPS,
  periodMs,
  type SweepRun,
} from '@/server/platform/sweeps';
import type { TroubledSweep } from './attention-facts';

const MINUTE_MS = 60_000;

/** A sweep, when it last ran, and what it found. */
export interface Sweep extends Omit<SweepRun, 'startedAt'> {
  cron: string;
  /** Null where it has never run. */
  startedAt: Date | null;
  /** It has not ended well within its time. */
  isLate: boolean;
}

/** Every sweep of this build, by name; each may run in any process. */
export async function listSweeps(): Promise<Sweep[]> {
  const runs = new Map((await listSweepRuns()).map((run) => [run.id, run]));
  const nowMs = clock.nowMs();
  // A sweep that has never run is late once the process has been up for long enough.
  const upSinceMs = nowMs - process.uptime() * 1_000;
  return declaredSweeps().map(({ id, cron }): Sweep => {
    const run = runs.get(id);
    const sinceMs = run?.endedAt?.getTime() ?? upSinceMs;
    const isLate = nowMs - sinceMs > lateAfterMs(cron);
    if (!run) {
      const never = { startedAt: null, endedAt: null, tookMs: null, found: null };
      return { id, cron, ...never, failures: 0, failingSince: null, lastError: null, isLate };
    }
    return { ...run, cron, isLate };
  });
}

/**
 * Whether a function of the engine is a sweep, or runs several. A run of one that failed is made up for by the next, so
 * that it counts among the sweeps and not among the failed runs.
 */
export function isSweep(functionId: string): boolean {
  const ids = [MINUTE_SWEEPS, ...declaredSweeps().map(({ id }) => id)];
  return ids.some((id) => functionId.endsWith(`-${id}`));
}

/** Tries after which a failing sweep is shown; fewer come and go with a restart. */
const FAILURES_SHOWN = 3;

/** Those that somebody should look at. */
export function troubledSweeps(sweeps: readonly Sweep[]): TroubledSweep[] {
  return sweeps
    .filter(({ isLate, failures }) => isLate || failures >= FAILURES_SHOWN)
    .map(({ id, cron, endedAt, failures, failingSince, lastError }) => ({
      id,
      isFrequent: periodMs(cron) === MINUTE_MS,
      since: failingSince ?? endedAt,
      error: failures > 0 ? lastError : null,
    }));
}
