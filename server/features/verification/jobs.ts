import { z } from 'zod';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import type { Subscriber } from '@/server/platform/outbox';
import { whereTimePasses } from '@/server/platform/test-clock';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { judgeTask } from './judge-task';

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
  async ({ data, step }) => step.run('judge', () => judgeTask(data.taskId)),
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

export const jobs: Job[] = [verify, sweepSubmitted];

const judgeSoon: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `judge:${row.id}`,
    name: 'verification/run',
    data: { taskId: String((row.data as Record<string, unknown>).taskId) },
  }));

export const subscribers: Record<string, Subscriber> = {
  'task.submitted': judgeSoon,
  'answer.received': judgeSoon,
  'review.decided': judgeSoon,
};
