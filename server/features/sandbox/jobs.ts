import { z } from 'zod';
import { deposit } from '@/server/features/ledger';
import { CLAIM_MS } from '@/server/features/reviews/schema';
import { clock } from '@/server/platform/clock';
import type { Subscriber } from '@/server/platform/outbox';
import type { DueWork } from '@/server/transport/jobs/clock';
import { type Job, job, timer } from '@/server/transport/jobs/job';
import { answerDue, nextAnswerAt } from './answer-due';
import { setAnswerTimes } from './answer-times';
import { decideAsScripted } from './decide-as-scripted';
import { simulateAnswer, simulateStart } from './simulate-answer';

timer(
  { event: 'sandbox/answer', data: z.object({ assignmentId: z.string() }), isExact: true },
  async ({ data, step }) => step.run('answer', () => simulateAnswer(data.assignmentId)),
);

export const due: DueWork[] = [{ name: 'simulated', run: answerDue, nextAt: nextAnswerAt }];

const start = job(
  {
    id: 'sandbox/start',
    event: 'sandbox/start',
    data: z.object({ assignmentId: z.string() }),
    retries: 10,
  },
  async ({ data, step }) => step.run('start', () => simulateStart(data.assignmentId)),
);

const review = job(
  {
    id: 'sandbox/review',
    event: 'sandbox/review',
    data: z.object({ reviewId: z.string() }),
    retries: 10,
  },
  async ({ data, step }) => {
    for (let n = 0; n < CLAIMS_AWAITED; n++) {
      const outcome = await step.run(`decide-${n}`, () => decideAsScripted(data.reviewId));
      if (outcome !== 'review_claimed') return outcome;
      await step.sleep(`wait-${n}`, CLAIM_MS);
    }
    return 'review_claimed';
  },
);

/** A review claimed by a person is left to them; how often an expired claim is waited for. */
const CLAIMS_AWAITED = 100;

export const jobs: Job[] = [start, review];

/** Schedules simulated workers' answers after their thinking time. */
const onAssigned: Subscriber = async (rows, tx) =>
  setAnswerTimes(
    tx,
    rows.flatMap((row) => {
      const data = row.data as { assignmentId?: string; mode?: string };
      return data.mode === 'test' && data.assignmentId ? [data.assignmentId] : [];
    }),
  );

/**
 * In test mode a simulated reviewer decides open reviews, so that no sandbox task gets stuck,
 * unless the task's script leaves it to a person.
 */
const onReview: Subscriber = async (rows, tx) => {
  const ids = rows.map((row) => String((row.data as { reviewId?: string }).reviewId));
  const reviews = await tx.review.findMany({
    where: { id: { in: ids }, mode: 'test' },
    orderBy: { id: 'asc' },
  });
  return reviews.map((each) => ({
    id: `review:${each.id}`,
    name: 'sandbox/review',
    data: { reviewId: each.id },
    ts: clock.nowMs() + 500,
  }));
};

const PLAY_SATS = 1_000_000n;

/** New organizations start with play sats to try everything. */
const onOrganizationCreated: Subscriber = async (rows, tx) => {
  for (const row of rows) {
    const { organizationId } = row.data as { organizationId: string };
    await deposit(tx, {
      mode: 'test',
      organizationId,
      amountSats: PLAY_SATS,
      reference: `welcome:${organizationId}`,
    });
  }
  return [];
};

export const subscribers: Record<string, Subscriber> = {
  'organization.created': onOrganizationCreated,
  'task.assigned': onAssigned,
  'assignment.joined': onAssigned,
  'review.opened': onReview,
};
