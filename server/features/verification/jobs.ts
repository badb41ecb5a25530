import { z } from 'zod';
import { clock, standingClock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import {
  enqueue,
  HINT_MS,
  type OutboxRow,
  type OutgoingEvent,
  type Subscriber,
} from '@/server/platform/outbox';
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

const taskIdOf = (row: OutboxRow) => String((row.data as Record<string, unknown>).taskId);

const judge: Subscriber = async (rows) => rows.map(judgeEvent);

function judgeEvent(row: OutboxRow): OutgoingEvent {
  return { id: `judge:${row.id}`, name: 'verification/run', data: { taskId: taskIdOf(row) } };
}

/**
 * An answer came: most are judged by now or in a moment, in the process that took them. A task that this process
 * leaves to the job goes there at once.
 */
const onAnswered: Subscriber = async (rows, tx) => {
  if (standingClock()) return rows.map(judgeEvent);
  const waiting = new Map(
    (await findUnjudged(rows, tx)).map(({ id, isLeftToJob }) => [id, isLeftToJob]),
  );
  const at = new Date(clock.nowMs() + HINT_MS);
  const later = rows.filter((row) => waiting.get(taskIdOf(row)) === false);
  await enqueue(
    tx,
    later.map((row) => ({
      topic: 'judgement.waiting',
      key: `judge:${row.id}`,
      data: { taskId: taskIdOf(row) },
      at,
    })),
  );
  return rows.filter((row) => waiting.get(taskIdOf(row)) === true).map(judgeEvent);
};

/** The process that took the answer did not judge it. */
const onWaiting: Subscriber = async (rows, tx) => {
  const waiting = new Set((await findUnjudged(rows, tx)).map(({ id }) => id));
  return rows.filter((row) => waiting.has(taskIdOf(row))).map(judgeEvent);
};

async function findUnjudged(
  rows: readonly OutboxRow[],
  tx: Tx,
): Promise<{ id: string; isLeftToJob: boolean }[]> {
  return tx.$queryRaw`
    SELECT t.id::text AS id,
           EXISTS (
             SELECT FROM test_clocks c
              WHERE c.organization_id = t.organization_id AND t.mode = 'test') OR EXISTS (
             SELECT FROM task_types own
              WHERE own.organization_id = t.organization_id AND own.mode = t.mode
                AND own.type = t.type AND own.check_url IS NOT NULL) AS "isLeftToJob"
      FROM tasks t
     WHERE t.id = ANY(${[...new Set(rows.map(taskIdOf))]}::uuid[]) AND t.status = 'submitted'
       AND EXISTS (SELECT FROM answers a WHERE a.task_id = t.id AND a.status = 'pending')`;
}

const onPaused: Subscriber = async (rows, tx) => {
  const ids = rows.flatMap(({ data }) => (data as { pauseId?: string }).pauseId ?? []);
  return ids.length === 0 ? [] : probationEnds(tx, { pauseIds: ids });
};

export const subscribers: Record<string, Subscriber> = {
  'skill.paused': onPaused,
  'task.submitted': onAnswered,
  'answer.received': onAnswered,
  'judgement.waiting': onWaiting,
  'review.decided': judge,
};
