import { z } from 'zod';
import { drawOf, SOWING } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, job } from '@/server/transport/jobs/job';
import { findWorthSowing } from './find-gold';
import { sowGold } from './sow-gold';

const sow = job(
  {
    id: 'golds/sow',
    event: 'gold/sow',
    data: z.object({ answerId: z.string() }),
    retries: 5,
  },
  async ({ data, step }) => step.run('sow', () => sowGold(data.answerId)),
);

export const jobs: Job[] = [sow];

/**
 * A worker has answered: whether a gold comes next is drawn in a job of its own, some time later, so
 * that handing in waits for nothing and the gold is not the task that follows at once.
 */
const onAnswer: Subscriber = async (rows, tx) => {
  const answerIds = rows.flatMap((row) => {
    const data = row.data as { answerId?: string; mode?: string };
    return data.answerId ? [data.answerId] : [];
  });
  if (answerIds.length === 0) return [];
  const worth = await findWorthSowing(tx, answerIds);
  return worth.map(({ answerId, drawn }) => ({
    id: `sow:${answerId}`,
    name: 'gold/sow',
    data: { answerId },
    ts: clock.nowMs() + Math.floor(drawOf('gold-delay', drawn) * SOWING.delayMsMax),
  }));
};

export const subscribers: Record<string, Subscriber> = {
  'task.submitted': onAnswer,
  'answer.received': onAnswer,
  'task.requeued': onAnswer,
};
