import { divert, type JobSteps, jobBodyOf, timerOf } from '@/server/platform/background';
import { clock, isRealTime } from '@/server/platform/clock';
import { pool } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { processWide } from '@/server/platform/process-wide';

/** Above this number, due work is left to the clock. */
const TIMERS_MAX = 50_000;

const counted = () => processWide('exact-timers', () => ({ waiting: 0 }));

/** Runs a body's steps directly, without memoization. */
const steps: JobSteps = {
  run: (_id, work) => work(),
  sleep: () => Promise.reject(new Error('An exact timer cannot sleep.')),
  sleepUntil: () => Promise.reject(new Error('An exact timer cannot sleep.')),
};

/**
 * Runs an exact timer in this process when it is due. Only an optimization: if it fails, the clock
 * does the work after a grace period.
 */
export function setExactTimer(event: OutgoingEvent): void {
  const { waiting } = counted();
  if (!timerOf(event.name)?.isExact || !isRealTime() || waiting >= TIMERS_MAX) return;
  const setOn = pool();
  counted().waiting += 1;
  const run = async () => {
    counted().waiting -= 1;
    // The process has switched to another database.
    if (pool() !== setOn) return;
    const [own] = await divert([event]);
    if (own) await jobBodyOf(event.name)?.(event.data, steps);
  };
  const ms = Math.max(0, (event.ts ?? 0) - clock.nowMs());
  setTimeout(() => {
    run().catch((error: unknown) => log.warn({ err: error, event: event.name }, 'A timer failed'));
  }, ms).unref();
}
