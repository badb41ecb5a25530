import { describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { saveSetting } from '@/server/features/settings';
import { CreateTask, cancelTask, createTask, submitAnswer } from '@/server/features/tasks';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import {
  operator,
  reVotesOf,
  strangers,
  WORD,
  withWrongGold,
} from '@/server/testing/appeal-setting';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { askAbout, judgeCoin } from '@/server/testing/gold-setting';
import { advanceAppeal } from './advance-appeal';
import { appealAnswer } from './appeal-answer';

useTestDatabase();

/** A worker with a submitted, unjudged answer to a customer's open task. */
async function answered() {
  const customer = await keyActor(await createOrganization(), 'test');
  const body = CreateTask.parse({ type: 'judged', payload: {}, payout_sats: 1, sla_seconds: 600 });
  const { task } = await createTask(customer, body);
  const actor = await workerActor();
  const { assignmentId } = await claimTask(actor, { taskId: task.id });
  const { answerId } = await submitAnswer(actor, { assignmentId, output: { answer: 'Yes.' } });
  return { actor, answerId, taskId: task.id };
}

describe('an appeal', () => {
  it('against a rejection is recorded once, with its first reason', async () => {
    const { actor, answerId } = await answered();
    await db.answer.update({
      where: { id: answerId },
      data: { status: 'rejected', judgedAt: clock.now() },
    });
    const first = await appealAnswer(actor, { answerId, reason: WORD });
    expect(await appealAnswer(actor, { answerId, reason: 'Another reason.' })).toEqual(first);
    expect(await db.appeal.findMany({ where: { answerId } })).toMatchObject([
      { id: first.appealId, reason: WORD, status: 'open', ground: 'rejected' },
    ]);
  });

  it('is for answers that were rejected or out-voted, within a week, and for their worker', async () => {
    const { actor, answerId, taskId } = await answered();
    const attempt = () => appealAnswer(actor, { answerId, reason: WORD });
    await expect(attempt()).rejects.toMatchObject({ status: 409, code: 'not_appealable' });
    await expect(
      appealAnswer(await workerActor(), { answerId, reason: WORD }),
    ).rejects.toMatchObject({ status: 404 });
    const judgedAt = new Date(clock.nowMs() - 8 * 86_400_000);
    await db.answer.update({ where: { id: answerId }, data: { status: 'accepted', judgedAt } });
    const ended = { status: 'verified', completedAt: clock.now() } as const;
    await db.task.update({ where: { id: taskId }, data: { ...ended, output: { answer: 'Yes.' } } });
    await expect(attempt()).rejects.toMatchObject({ code: 'not_appealable' });
    await db.task.update({ where: { id: taskId }, data: { output: { answer: 'No.' } } });
    await expect(attempt()).rejects.toThrow('seven days');
    await db.answer.update({ where: { id: answerId }, data: { judgedAt: clock.now() } });
    await expect(attempt()).resolves.toMatchObject({ appealId: expect.any(String) });
  });

  it('is refused while as many are open as operators allow, and says so', async () => {
    const person = await operator('test');
    const { actor, answerId } = await answered();
    await db.answer.update({ where: { id: answerId }, data: { status: 'rejected' } });
    await appealAnswer(actor, { answerId, reason: WORD });
    const { taskId } = await answered();
    const theirs = await db.answer.findFirstOrThrow({ where: { taskId } });
    await db.answer.update({
      where: { id: theirs.id },
      data: { status: 'rejected', workerId: actor.workerId },
    });
    await transaction((tx) => saveSetting(tx, person, 'appeals', { hours: 72, openPerWorker: 1 }));
    const attempt = () => appealAnswer(actor, { answerId: theirs.id, reason: WORD });
    await expect(attempt()).rejects.toMatchObject({ code: 'too_many_appeals' });
    await transaction((tx) => saveSetting(tx, person, 'appeals', { hours: 1, openPerWorker: 2 }));
    const { appealId } = await attempt();
    const made = await db.appeal.findUniqueOrThrow({ where: { id: appealId } });
    expect(made.dueAt.getTime() - made.createdAt.getTime()).toBe(3_600_000);
    await transaction((tx) => saveSetting(tx, person, 'appeals', { hours: 72, openPerWorker: 10 }));
  });

  it('waits while its task is under way, and what a rule turned down goes to a reviewer', async () => {
    await strangers(3);
    const { customer, member, worker } = await withWrongGold();
    const { id: taskId } = await askAbout(customer, 'Stater', {
      redundancy: { min_votes: 1, max_votes: 1 },
    });
    const answerId = await judgeCoin(worker, taskId, 'fake');
    await db.answer.update({
      where: { id: answerId },
      data: { status: 'rejected', judgedAt: clock.now() },
    });
    await db.task.update({ where: { id: taskId }, data: { status: 'posted', openSeats: 1 } });
    const { appealId } = await appealAnswer(worker, { answerId, reason: WORD });
    await advanceAppeal(appealId);
    expect(await db.review.findUnique({ where: { appealId } })).toBeNull();
    await cancelTask(member, taskId);
    await advanceAppeal(appealId);
    expect(await db.review.findUnique({ where: { appealId } })).toMatchObject({ status: 'open' });
    expect(await reVotesOf(appealId)).toEqual([]);
  });
});
