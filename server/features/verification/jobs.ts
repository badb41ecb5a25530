import { z } from 'zod';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import type { Subscriber } from '@/server/platform/outbox';
import { whereTimePasses } from '@/server/platform/test-clock';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { judgeTask } from './judge-task';
import { listDueTypes, refitType } from './refit-type';
import { endProbation, endProbations, probationEnds } from './return-to-type';

/** How long a check URL that failed is left alone; after the last try a reviewer looks. */
const CHECK_PAUSES = [2_000, 10_000];

/**
 * One step judges and records: the stages are pure and take a millisecond, and recording re-reads
 * under the task's lock, so a step a stage would only add round trips.
 */
const verify = job(
  {
    id: 'verification/run',
    event: 'verification/run',
    data: z.object({ taskId: z.string() }),
    retries: 10,
  },
  async ({ data, step }) => {
    let outcome = await step.run('judge', () => judgeTask(data.taskId));
    for (const [n, pause] of CHECK_PAUSES.entries()) {
      if (outcome !== 'checking') break;
      await step.sleep(`until-check-${n + 2}`, pause);
      outcome = await step.run(`judge-${n + 2}`, () => judgeTask(data.taskId));
    }
    return outcome;
  },
);

/** Tasks that were submitted and not judged, because a job was lost. */
const sweepSubmitted = sweep({ id: 'verification/sweep', cron: '* * * * *' }, async ({ step }) =>
  step.run('judge', async () => {
    const waiting = await db.task.findMany({
      where: {
        status: 'submitted',
        updatedAt: { lt: new Date(clock.nowMs() - 30_000) },
        answers: { some: { status: 'pending' } },
        ...(await whereTimePasses()),
      },
      select: { id: true },
      take: 200,
    });
    for (const { id } of waiting) await judgeTask(id);
    return waiting.length;
  }),
);

/** Models of the votes of each type that has labelled tasks; a step a type, so that a restart goes on. */
const refitNightly = sweep({ id: 'verification/refit', cron: '20 3 * * *' }, async ({ step }) => {
  const due = await step.run('list', () => listDueTypes());
  let facets = 0;
  for (const owner of due) {
    const name = `${owner.organizationId}:${owner.mode}:${owner.type}`;
    facets += await step.run(`refit:${name}`, () => refitType(owner));
  }
  return { types: due.length, facets };
});

/** For scripted workers alone: a timer for each person would be no faster in anybody's eyes than the sweep. */
const returnToType = job(
  {
    id: 'verification/end-probation',
    event: 'verification/end-probation',
    data: z.object({ pauseId: z.string() }),
    retries: 5,
  },
  async ({ data, step }) => step.run('end', () => endProbation(data.pauseId)),
);

const sweepProbations = sweep(
  { id: 'verification/end-probations', cron: '* * * * *' },
  ({ step }) => step.run('end', endProbations),
);

export const jobs: Job[] = [verify, sweepSubmitted, refitNightly, returnToType, sweepProbations];

const judgeSoon: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `judge:${row.id}`,
    name: 'verification/run',
    data: { taskId: String((row.data as Record<string, unknown>).taskId) },
  }));

const onPaused: Subscriber = async (rows, tx) => {
  const ids = rows.flatMap(({ data }) => (data as { pauseId?: string }).pauseId ?? []);
  return ids.length === 0 ? [] : probationEnds(tx, { pauseIds: ids });
};

export const subscribers: Record<string, Subscriber> = {
  'skill.paused': onPaused,
  'task.submitted': judgeSoon,
  'answer.received': judgeSoon,
  'review.decided': judgeSoon,
};
