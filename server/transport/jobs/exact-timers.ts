import { divert, type JobSteps, jobBodyOf, timerOf } from '@/server/platform/background';
import { clock, isRealTime } from '@/server/platform/clock';
import { pool } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { processWide } from '@/server/platform/process-wide';

/** Beyond so many, what is due is left to the clock. */
const TIMERS_MAX = 50_000;

const counted = () => processWide('exact-timers', () => ({ waiting: 0 }));

/** A body's steps, made once and here. */
const steps: JobSteps = {
  run: (_id, work) => work(),
  sleep: () => Promise.reject(new Error('An exact timer does not wait.')),
  sleepUntil: () => Promise.reject(new Error('An exact timer does not wait.')),
};

/** Runs an exact timer in this process when it is due. Speed only: the clock does it after the grace where that fails. */
export function setExactTimer(event: OutgoingEvent): void {
  const { waiting } = counted();
  if (!timerOf(event.name)?.isExact || !isRealTime() || waiting >= TIMERS_MAX) return;
  const setOn = pool();
  counted().waiting += 1;
  const run = async () => {
    counted().waiting -= 1;
    // The process has turned to another database.
    if (pool() !== setOn) return;
    const [own] = await divert([event]);
    if (own) await jobBodyOf(event.name)?.(event.data, steps);
  };
  const ms = Math.max(0, (event.ts ?? 0) - clock.nowMs());
  setTimeout(() => {
    run().catch((error: unknown) => log.warn({ err: error, event: event.name }, 'A timer failed'));
  }, ms).unref();
}
