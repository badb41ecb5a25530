import { type JobSteps, jobBodyOf } from '@/server/platform/background';
import { clock } from '@/server/platform/clock';
import { log } from '@/server/platform/log';
import type { JobEnd, WaitingJob } from './jobs-table';

/** Maximum attempts of a failing job, similar to the engine's. */
const ATTEMPTS_MAX = 8;

/** Suspends a job's body; its steps are remembered. */
class Waiting extends Error {
  constructor(readonly untilMs: number) {
    super('waiting');
  }
}

/**
 * A minimal version of the engine's step memoization: completed steps return their stored result.
 */
function stepsOf(done: Record<string, unknown>): JobSteps {
  const waitUntil = (id: string, untilMs: number): void => {
    done[id] ??= untilMs;
    const dueMs = Number(done[id]);
    if (dueMs > clock.nowMs()) throw new Waiting(dueMs);
  };
  return {
    async run<T>(id: string, work: () => Promise<T>): Promise<T> {
      if (id in done) return done[id] as T;
      const made = await work();
      done[id] = made ?? null;
      return made;
    },
    async sleep(id, ms) {
      waitUntil(id, clock.nowMs() + ms);
    },
    async sleepUntil(id, at) {
      waitUntil(id, at.getTime());
    },
  };
}

/** Runs a job's body at the clock's instant until it ends or waits. */
export async function runJob({ id, name, data, steps, attempts }: WaitingJob): Promise<JobEnd> {
  const body = jobBodyOf(name);
  if (!body) {
    log.error({ job: id, name }, 'No job runs on this event');
    return { state: 'over' };
  }
  const done = { ...steps };
  try {
    await body(data, stepsOf(done));
    return { state: 'over' };
  } catch (error) {
    if (error instanceof Waiting) return { state: 'waiting', untilMs: error.untilMs, steps: done };
    log.error({ err: error, job: id, name }, 'A job on a test clock failed');
    if (attempts + 1 >= ATTEMPTS_MAX) return { state: 'over' };
    return { state: 'failed', untilMs: clock.nowMs() + 1_000 * 2 ** attempts };
  }
}
