import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import type { WorkerActor } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import {
  CreateTask,
  cancelTask,
  createTask,
  dropOldDrafts,
  handInDraft,
  handInDueDrafts,
  lapseAssignment,
  listAssignments,
} from './index';
import { getDraft, saveDraft } from './save-draft';
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

async function begin(slaSeconds = 300, worker?: WorkerActor) {
  const customer = await keyActor(await createOrganization(), 'test');
  const body = CreateTask.parse({
    type: 'drafted',
    payload: {},
    payout_sats: 10,
    sla_seconds: slaSeconds,
  });
  const { task } = await createTask(customer, body);
  const actor = worker ?? (await workerActor({ capacity: 1 }));
  const { assignmentId } = await claimTask(actor, { taskId: task.id });
  return { customer, actor, assignmentId, taskId: task.id };
}

const answers = (taskId: string) => db.answer.findMany({ where: { taskId } });

describe('a draft', () => {
  it('is there again after a reload, for its worker alone', async () => {
    const { actor, assignmentId } = await begin();
    expect(await getDraft(actor, { assignmentId })).toBeNull();
    expect(await saveDraft(actor, { assignmentId, value: { answer: 'It' } })).toMatchObject({
      kept: true,
    });
    await saveDraft(actor, { assignmentId, value: { answer: 'It is' } });
    expect((await getDraft(actor, { assignmentId }))?.value).toEqual({ answer: 'It is' });
    const stranger = await workerActor();
    const attempts = [
      () => getDraft(stranger, { assignmentId }),
      () => saveDraft(stranger, { assignmentId, value: {} }),
      () => undoSubmission(stranger, { assignmentId }),
      () => submitDraft(stranger, { assignmentId, output }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 404 });
  });

  it('stays readable when the customer cancels the task, and goes after a week', async () => {
    const { actor, customer, assignmentId, taskId } = await begin();
    await saveDraft(actor, { assignmentId, value: output });
    await cancelTask(customer, taskId);
    expect((await getDraft(actor, { assignmentId }))?.value).toEqual(output);
    expect(await saveDraft(actor, { assignmentId, value: {} })).toMatchObject({ kept: false });
    clock.advanceMs(7 * 86_400_000 + 1);
    expect(await dropOldDrafts()).toBeGreaterThan(0);
    expect(await getDraft(actor, { assignmentId })).toBeNull();
  });

  it('above 1 MB is refused with what to do', async () => {
    const { actor, assignmentId } = await begin();
    const value = { answer: 'x'.repeat(1024 * 1024) };
    const refusal = { status: 413, code: 'outputs_too_large' };
    await expect(saveDraft(actor, { assignmentId, value })).rejects.toMatchObject(refusal);
    const answer = submitDraft(actor, { assignmentId, output: value });
    await expect(answer).rejects.toMatchObject(refusal);
  });
});

describe('an answer', () => {
  it('waits ten seconds, then is handed in once, timed as of when it was given', async () => {
    const { actor, assignmentId, taskId } = await begin();
    clock.advanceMs(30_000);
    const { submitsAt } = await submitDraft(actor, { assignmentId, output });
    expect(submitsAt?.getTime()).toBe(clock.nowMs() + 10_000);
    clock.advanceMs(9_999);
    expect(await handInDraft(assignmentId)).toBe(false);
    expect(await answers(taskId)).toEqual([]);
    clock.advanceMs(1);
    const both = await Promise.all([handInDraft(assignmentId), handInDraft(assignmentId)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await answers(taskId)).toMatchObject([{ output, elapsedMs: 30_000 }]);
    expect(await getDraft(actor, { assignmentId })).toBeNull();
  });

  it('can be taken back until then, changed, and given again', async () => {
    const { actor, assignmentId, taskId } = await begin();
    await submitDraft(actor, { assignmentId, output: { answer: 'Wrong.' } });
    clock.advanceMs(9_000);
    await undoSubmission(actor, { assignmentId });
    clock.advanceMs(5_000);
    expect(await handInDueDrafts()).toMatchObject({ done: 0 });
    expect((await getDraft(actor, { assignmentId }))?.value).toEqual({ answer: 'Wrong.' });
    await submitDraft(actor, { assignmentId, output });
    clock.advanceMs(10_000);
    await expect(undoSubmission(actor, { assignmentId })).rejects.toMatchObject({
      code: 'too_late_to_undo',
    });
    expect(await handInDueDrafts()).toMatchObject({ done: 1 });
    expect(await answers(taskId)).toMatchObject([{ output }]);
  });

  it('given twice, or another one from a second tab, is one answer and clear words', async () => {
    const { actor, assignmentId } = await begin();
    const first = await submitDraft(actor, { assignmentId, output });
    clock.advanceMs(2_000);
    expect(await submitDraft(actor, { assignmentId, output })).toEqual(first);
    await expect(
      submitDraft(actor, { assignmentId, output: { answer: 'Another.' } }),
    ).rejects.toMatchObject({ status: 409, code: 'answer_waiting' });
    expect(await saveDraft(actor, { assignmentId, value: {} })).toMatchObject({ kept: false });
  });

  it('is handed in at once where the time left does not cover the wait', async () => {
    const { actor, assignmentId, taskId } = await begin(30);
    clock.advanceMs(16_000);
    expect(await submitDraft(actor, { assignmentId, output })).toEqual({ submitsAt: null });
    expect(await answers(taskId)).toHaveLength(1);
  });

  it('that waits is not lost to a lapse, should its timer come late', async () => {
    const { actor, assignmentId, taskId } = await begin(3_600);
    await submitDraft(actor, { assignmentId, output });
    await db.assignment.update({
      where: { id: assignmentId },
      data: { lapsesAt: new Date(clock.nowMs() + 15_000) },
    });
    clock.advanceMs(20_000);
    expect(await lapseAssignment(assignmentId)).toBe(false);
    expect(await handInDraft(assignmentId)).toBe(true);
    expect(await answers(taskId)).toHaveLength(1);
  });

  it('goes back to a draft where the task ends meanwhile', async () => {
    const { actor, customer, assignmentId, taskId } = await begin();
    await submitDraft(actor, { assignmentId, output });
    await cancelTask(customer, taskId);
    clock.advanceMs(10_000);
    expect(await handInDraft(assignmentId)).toBe(false);
    expect(await answers(taskId)).toEqual([]);
    expect(await getDraft(actor, { assignmentId })).toMatchObject({
      value: output,
      submitsAt: null,
    });
  });

  it('that waits leaves room for the next task, one that is written does not', async () => {
    const { actor, assignmentId } = await begin();
    await expect(begin(300, actor)).rejects.toMatchObject({ code: 'at_capacity' });
    await submitDraft(actor, { assignmentId, output });
    await begin(300, actor);
    expect((await listAssignments(actor)).map((each) => each.submitsAt !== null)).toEqual([
      true,
      false,
    ]);
  });

  it('that does not fit the form comes back with what is wrong', async () => {
    const { actor, assignmentId } = await begin();
    await expect(submitDraft(actor, { assignmentId, output: {} })).rejects.toMatchObject({
      code: 'answer_invalid',
    });
  });
});
