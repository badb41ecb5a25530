import { type JobSteps, jobBodyOf } from '@/server/platform/background';
import { clock } from '@/server/platform/clock';
import { log } from '@/server/platform/log';
import type { JobEnd, WaitingJob } from './jobs-table';

/** A job that fails as often is given up; the engine does about as much. */
const ATTEMPTS_MAX = 8;

/** Ends a body where it waits; what it did so far is remembered by its steps. */
class Waiting extends Error {
  constructor(readonly untilMs: number) {
    super('waiting');
  }
}

/** The engine's promise in small: a step that is over is not made again, and gives what it gave. */
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

/** Runs a job's body, at the instant at which the clock stands, up to its end or its next wait. */
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
