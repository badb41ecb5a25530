import { z } from 'zod';
import { deposit } from '@/server/features/ledger';
import { decideReview } from '@/server/features/reviews';
import { CLAIM_MS } from '@/server/features/reviews/schema';
import type { SandboxScript } from '@/server/features/tasks/schema';
import { clock } from '@/server/platform/clock';
import { AppError } from '@/server/platform/errors';
import type { OutgoingEvent, Subscriber } from '@/server/platform/outbox';
import { type Job, job } from '@/server/transport/jobs/job';
import { scriptOf, thinkMs } from './script';
import { simulateAnswer } from './simulate-answer';

const answer = job(
  {
    id: 'sandbox/answer',
    event: 'sandbox/answer',
    data: z.object({ assignmentId: z.string() }),
    retries: 10,
  },
  async ({ data, step }) => step.run('answer', () => simulateAnswer(data.assignmentId)),
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
      const outcome = await step.run(`decide-${n}`, () => acceptReview(data.reviewId));
      if (outcome !== 'review_claimed') return outcome;
      await step.sleep(`wait-${n}`, CLAIM_MS);
    }
    return 'review_claimed';
  },
);

/** A person who looks at a review decides it; one who went away without a word is not waited for. */
const CLAIMS_AWAITED = 100;

async function acceptReview(reviewId: string): Promise<string> {
  try {
    const note = 'Accepted by the simulated reviewer.';
    await decideReview({ kind: 'system', mode: 'test' }, { reviewId, decision: 'accept', note });
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return error.code;
    throw error;
  }
}

export const jobs: Job[] = [answer, review];

/** Assignments of simulated workers become answers after the time each takes to think. */
const onAssigned: Subscriber = async (rows, tx) => {
  const ids = rows.flatMap((row) => {
    const data = row.data as { assignmentId?: string; mode?: string };
    return data.mode === 'test' && data.assignmentId ? [data.assignmentId] : [];
  });
  if (ids.length === 0) return [];
  const assignments = await tx.assignment.findMany({
    where: { id: { in: ids } },
    include: { task: { select: { id: true, sandbox: true, payload: true } } },
  });
  const simulated = await tx.worker.findMany({
    where: { id: { in: assignments.map((each) => each.workerId) }, simulated: true },
    select: { id: true },
  });
  const workerIds = new Set(simulated.map((worker) => worker.id));
  return assignments
    .filter((each) => workerIds.has(each.workerId))
    .map(
      (each): OutgoingEvent => ({
        id: `simulate:${each.id}`,
        name: 'sandbox/answer',
        data: { assignmentId: each.id },
        ts: each.createdAt.getTime() + thinkMs(scriptOf(each.task), each.workerId),
      }),
    );
};

/**
 * In test mode a simulated reviewer accepts what waits for one, so that no sandbox task gets stuck; not where
 * the task's script leaves it to a person.
 */
const onReview: Subscriber = async (rows, tx) => {
  const ids = rows.map((row) => String((row.data as { reviewId?: string }).reviewId));
  const reviews = await tx.review.findMany({ where: { id: { in: ids }, mode: 'test' } });
  const tasks = await tx.task.findMany({
    where: { id: { in: reviews.map(({ taskId }) => taskId) } },
    select: { id: true, sandbox: true },
  });
  const awaiting = new Set(
    tasks.filter(({ sandbox }) => asksForPerson(sandbox)).map((task) => task.id),
  );
  const simulated = reviews.filter(({ taskId }) => !awaiting.has(taskId));
  return simulated.map((each) => ({
    id: `review:${each.id}`,
    name: 'sandbox/review',
    data: { reviewId: each.id },
    ts: clock.nowMs() + 500,
  }));
};

function asksForPerson(sandbox: unknown): boolean {
  return (sandbox as SandboxScript | null)?.reviewer === 'wait';
}

const PLAY_SATS = 1_000_000n;

/** A new organization can try everything at once: it starts with play sats. */
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
