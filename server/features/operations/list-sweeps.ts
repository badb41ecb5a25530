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

/** A sweep with its last run and result. */
export interface Sweep extends Omit<SweepRun, 'startedAt'> {
  cron: string;
  /** Null if it has never run. */
  startedAt: Date | null;
  /** Whether it has not succeeded within its interval. */
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
 * Whether an engine function is a sweep or a group of sweeps. Its failed runs are recovered by the
 * next run, so they are listed with the sweeps and not with the failed runs.
 */
export function isSweep(functionId: string): boolean {
  const ids = [MINUTE_SWEEPS, ...declaredSweeps().map(({ id }) => id)];
  return ids.some((id) => functionId.endsWith(`-${id}`));
}

/** Consecutive failures before a sweep is shown; fewer occur during a restart. */
const FAILURES_SHOWN = 3;

/** Sweeps that need attention. */
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
