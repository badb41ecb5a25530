import { z } from 'zod';
import { drawOf, SOWING } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, job } from '@/server/transport/jobs/job';
import { checkGold, findDoubtful } from './check-gold';
import { findWorthSowing } from './find-gold';
import { sowGold } from './sow-gold';
import { withdrawPaused } from './withdraw-paused';

const sow = job(
  {
    id: 'golds/sow',
    event: 'gold/sow',
    data: z.object({ answerId: z.string() }),
    retries: 5,
  },
  async ({ data, step }) => step.run('sow', () => sowGold(data.answerId)),
);

const check = job(
  { id: 'golds/check', event: 'gold/check', data: z.object({ goldId: z.string() }), retries: 5 },
  async ({ data, step }) => {
    await step.run('check', () => checkGold(data.goldId));
    // The workers' reliability changed, and with it the weight of their answers to other golds.
    const others = await step.run('find-doubtful', () => findDoubtful(data.goldId));
    for (const goldId of others) await step.run(`check:${goldId}`, () => checkGold(goldId));
  },
);

const Paused = z.object({ workerId: z.string(), organizationId: z.string(), type: z.string() });

const withdraw = job(
  { id: 'golds/withdraw-paused', event: 'gold/withdraw-paused', data: Paused, retries: 5 },
  async ({ data, step }) => step.run('withdraw', () => withdrawPaused(data)),
);

export const jobs: Job[] = [sow, check, withdraw];

/**
 * Whether a gold comes next is drawn in a delayed job, so that submitting does not wait for it and
 * the gold is not recognizable as the next task.
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

const onJudged: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `check:${row.id}`,
    name: 'gold/check',
    data: { ...(row.data as object) },
  }));

const onPaused: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `withdraw:${row.id}`,
    name: 'gold/withdraw-paused',
    data: { ...(row.data as object) },
  }));

export const subscribers: Record<string, Subscriber> = {
  'gold.judged': onJudged,
  'skill.paused': onPaused,
  'task.submitted': onAnswer,
  'answer.received': onAnswer,
  'task.requeued': onAnswer,
};
