import { clock } from '@/server/platform/clock';
import { claimSweeps, MINUTE_SWEEPS, noteSweepEnds, type SweepEnd } from '@/server/platform/sweeps';
import { together } from '@/server/platform/together';
import { inngest } from './client';
import { type Job, type JobFunction, type MinuteSweep, SWEEPS_EVENT, type SweepSteps } from './job';
import { sendEvents } from './send-events';

/** Concurrency of sweeps: they are small, and must not take all connections. */
const AT_ONCE = 3;
/** Results within this time are recorded in one batch. */
const GATHERED_MS = 100;
/** After a backlog, skips a sweep that has just run. */
const APART_MS = 30_000;
const RETRIES = 2;
const RETRY_MS = 15_000;

export function isMinuteSweep(job: Job): job is MinuteSweep {
  return 'sweepId' in job;
}

/**
 * The background function that runs all minute sweeps in one run. Each is leased, retried and
 * recorded individually, so that a failing or hanging one blocks no other: the next minute's run
 * continues with the rest.
 */
export function minuteSweeps(sweeps: readonly MinuteSweep[]): JobFunction {
  return inngest.createFunction(
    {
      id: MINUTE_SWEEPS,
      // The event is sent when the jobs are registered with the engine, to recover immediately what
      // was missed before.
      triggers: [{ cron: '* * * * *' }, { event: SWEEPS_EVENT }],
      retries: RETRIES,
    },
    async ({ event, step, runId }) => {
      const isAsked = event.name === SWEEPS_EVENT;
      let failed = await step.run('sweep', () => {
        const before = isAsked ? null : new Date(clock.nowMs() - APART_MS);
        return runSweeps(sweeps, runId, before);
      });
      for (let n = 1; failed.length > 0 && n <= RETRIES; n++) {
        await step.sleep(`wait-${n}`, RETRY_MS);
        const again = sweeps.filter(({ sweepId }) => failed.includes(sweepId));
        failed = await step.run(`again-${n}`, () => runSweeps(again, runId, null));
      }
      return { failed };
    },
  );
}

/** Runs the sweeps that can be leased. @returns the IDs of those that failed. */
export async function runSweeps(
  sweeps: readonly MinuteSweep[],
  runId: string,
  startedBefore: Date | null,
): Promise<string[]> {
  const ids = sweeps.map(({ sweepId }) => sweepId);
  const taken = new Set(await claimSweeps(ids, runId, startedBefore));
  const waiting = sweeps.filter(({ sweepId }) => taken.has(sweepId));
  const failed: string[] = [];
  const note = together<SweepEnd, void>(
    async (ends) => {
      await noteSweepEnds(runId, ends);
      return ends.map(() => undefined);
    },
    { waitMs: GATHERED_MS },
  );
  const notes: Promise<void>[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const end = await runSweep(next);
      if ('error' in end) failed.push(end.id);
      notes.push(note(end));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await Promise.all(notes);
  return failed;
}

const steps: SweepSteps = {
  run: (_id, work) => work(),
  sendEvent: (_id, events) => sendEvents(inngest, events),
};

async function runSweep({ sweepId, run }: MinuteSweep): Promise<SweepEnd> {
  const begunMs = performance.now();
  const since = () => performance.now() - begunMs;
  try {
    const found = await run({ step: steps });
    return { id: sweepId, tookMs: since(), found };
  } catch (error) {
    return { id: sweepId, tookMs: since(), error: error ?? 'no reason given' };
  }
}
