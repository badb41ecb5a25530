import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { createTestClock } from '@/server/testing/test-clock';
import { CreateTask, createTask, handInDraft } from './index';
import { submitDraft, undoSubmission } from './submit-draft';

useTestDatabase();

const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
  clock.advanceMs(60_000);
});
afterEach(() => restore());

const output = { answer: 'It is genuine.' };

async function begin(slaSeconds = 300) {
  const customer = await keyActor(await createOrganization(), 'test');
  const body = { type: 'replayed', payload: {}, payout_sats: 10, sla_seconds: slaSeconds };
  const { task } = await createTask(customer, CreateTask.parse(body));
  const actor = await workerActor({ capacity: 1 });
  const { assignmentId } = await claimTask(actor, { taskId: task.id });
  return { actor, taskId: task.id, assignmentId, answer: { assignmentId, output } };
}

const answersTo = (taskId: string) => db.answer.count({ where: { taskId } });

describe('an answer sent again under its key', () => {
  it('gets the reply of the first, before and after it is handed in, and is one answer', async () => {
    const { actor, taskId, assignmentId, answer } = await begin();
    const idempotencyKey = randomUUID();
    const first = await submitDraft(actor, { ...answer, idempotencyKey });
    expect(await submitDraft(actor, { ...answer, idempotencyKey })).toEqual(first);
    clock.advanceMs(11_000);
    await handInDraft(assignmentId);
    expect(await submitDraft(actor, { ...answer, idempotencyKey })).toEqual(first);
    expect(await answersTo(taskId)).toBe(1);
    await expect(submitDraft(actor, answer)).rejects.toMatchObject({ code: 'assignment_closed' });
  });

  it('is one answer with one reply where both arrive at once, with or without time to undo', async () => {
    for (const slaSeconds of [300, 30]) {
      const { actor, taskId, answer } = await begin(slaSeconds);
      if (slaSeconds === 30) clock.advanceMs(20_000);
      const idempotencyKey = randomUUID();
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => submitDraft(actor, { ...answer, idempotencyKey })),
      );
      expect(new Set(replies.map(({ submitsAt }) => submitsAt?.getTime() ?? null)).size).toBe(1);
      expect(replies[0]?.submitsAt === null).toBe(slaSeconds === 30);
      expect(await answersTo(taskId)).toBe(slaSeconds === 30 ? 1 : 0);
    }
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is refused where it says something else', async () => {
    const { actor, answer, assignmentId } = await begin();
    const idempotencyKey = randomUUID();
    await submitDraft(actor, { ...answer, idempotencyKey });
    const other = { assignmentId, output: { answer: 'It is not.' }, idempotencyKey };
    await expect(submitDraft(actor, other)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  });

  it('does not undo an undo', async () => {
    const { actor, taskId, assignmentId, answer } = await begin();
    const idempotencyKey = randomUUID();
    const first = await submitDraft(actor, { ...answer, idempotencyKey });
    await undoSubmission(actor, { assignmentId });
    expect(await submitDraft(actor, { ...answer, idempotencyKey })).toEqual(first);
    clock.advanceMs(11_000);
    expect(await handInDraft(assignmentId)).toBe(false);
    expect(await answersTo(taskId)).toBe(0);
  });

  it('is nothing to another worker', async () => {
    const { actor, answer } = await begin();
    const idempotencyKey = randomUUID();
    await submitDraft(actor, { ...answer, idempotencyKey });
    await expect(
      submitDraft(await workerActor(), { ...answer, idempotencyKey }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
