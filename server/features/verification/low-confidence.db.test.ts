import { beforeAll, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, createTask, getTask, submitAnswer } from '@/server/features/tasks';
import type { Actor, WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { decideReview } from '../reviews';
import { judgeTask } from './index';

useTestDatabase();

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['yes', 'no'] } },
};

let customer: Awaited<ReturnType<typeof keyActor>>;
let workers: WorkerActor[];

beforeAll(async () => {
  customer = await keyActor(await createOrganization(), 'test');
  workers = await Promise.all(
    Array.from({ length: 3 }, () => workerActor({ mode: 'test', capacity: 100 })),
  );
});

/** Three votes, two of them equal, on a task that requires more confidence than they give. */
async function splitVote(onLowConfidence?: 'verify' | 'review' | 'fail') {
  const { task } = await createTask(
    customer,
    CreateTask.parse({
      type: 'split',
      payload: {},
      output_schema: SCHEMA,
      payout_sats: 10,
      redundancy: { min_votes: 3, max_votes: 3, target_confidence: 0.95 },
      ...(onLowConfidence ? { on_low_confidence: onLowConfidence } : {}),
    }),
  );
  for (const [i, verdict] of ['yes', 'no', 'yes'].entries()) {
    const worker = workers[i] as WorkerActor;
    const { assignmentId } = await claimTask(worker, { taskId: task.id });
    await db.assignment.update({
      where: { id: assignmentId },
      data: { startedAt: new Date(Date.now() - 20_000) },
    });
    await submitAnswer(worker, { assignmentId, output: { verdict } });
  }
  return { id: task.id, outcome: await judgeTask(task.id) };
}

describe('an output less sure than the target', () => {
  it('is given with the confidence it has, and what that rests on', async () => {
    const { id, outcome } = await splitVote();
    expect(outcome).toBe('verified');
    const task = await getTask(customer, id);
    expect(task).toMatchObject({ output: { verdict: 'yes' }, confidence_basis: 'uncalibrated' });
    expect(task.confidence).toBeGreaterThan(0.5);
    expect(task.confidence).toBeLessThan(0.95);
  });

  it('waits for a reviewer where the customer wants one', async () => {
    const { id, outcome } = await splitVote('review');
    expect(outcome).toBe('need_review');
    const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };
    const review = await db.review.findFirst({ where: { taskId: id, status: 'open' } });
    expect(review?.reason).toBe('confidence_not_reached');
    await decideReview(operator, {
      reviewId: review?.id ?? '',
      decision: 'correct',
      output: { verdict: 'no' },
    });
    expect(await judgeTask(id)).toBe('verified');
    // The reviewer's decision is evidence about all three, once.
    const cells = await db.evidenceCell.findMany({
      where: { organizationId: customer.organizationId },
    });
    expect(cells.map(({ truth, said, weight }) => [truth, said, weight]).sort()).toEqual([
      [0, 0, 1],
      [0, 1, 1],
      [0, 1, 1],
    ]);
    expect(await judgeTask(id)).toBeNull();
  });

  it('fails the task where the customer wants none, and its votes are paid', async () => {
    const { id, outcome } = await splitVote('fail');
    expect(outcome).toBe('failed');
    const task = await getTask(customer, id);
    expect(task).toMatchObject({
      status: 'failed',
      output: null,
      failure_reason: { code: 'confidence_not_reached' },
      votes_used: 3,
    });
    expect(task.payouts.map(({ amount_sats }) => amount_sats)).toEqual([10, 10, 10]);
    expect(task.cost_sats.charged).toBeGreaterThanOrEqual(30);
    expect(await brokenInvariants()).toEqual([]);
  });
});
