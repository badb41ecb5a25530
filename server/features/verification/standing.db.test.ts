import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, createTask, submitAnswer } from '@/server/features/tasks';
import { clock } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { appealAnswer } from './appeal-answer';
import { getCredential, getStanding } from './get-standing';

useTestDatabase();

async function answered() {
  const customer = await keyActor(await createOrganization(), 'test');
  const body = CreateTask.parse({ type: 'judged', payload: {}, payout_sats: 1, sla_seconds: 600 });
  const { task } = await createTask(customer, body);
  const actor = await workerActor();
  const { assignmentId } = await claimTask(actor, { taskId: task.id });
  const { answerId } = await submitAnswer(actor, { assignmentId, output: { answer: 'Yes.' } });
  return { actor, answerId, taskId: task.id };
}

const reason = 'The instructions say so in their second line.';

describe('an appeal', () => {
  it('against a rejection is recorded once, with its first reason', async () => {
    const { actor, answerId } = await answered();
    await db.answer.update({
      where: { id: answerId },
      data: { status: 'rejected', judgedAt: clock.now() },
    });
    const first = await appealAnswer(actor, { answerId, reason });
    expect(await appealAnswer(actor, { answerId, reason: 'Another reason.' })).toEqual(first);
    expect(await db.appeal.findMany({ where: { answerId } })).toMatchObject([
      { id: first.appealId, reason, status: 'open', workerId: actor.workerId },
    ]);
  });

  it('is for answers that were rejected or out-voted, within a week, and for their worker', async () => {
    const { actor, answerId, taskId } = await answered();
    const attempt = () => appealAnswer(actor, { answerId, reason });
    await expect(attempt()).rejects.toMatchObject({ status: 409, code: 'not_appealable' });
    await expect(appealAnswer(await workerActor(), { answerId, reason })).rejects.toMatchObject({
      status: 404,
    });
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
});

describe('a standing', () => {
  it('narrows with checked answers, type by type, and says what the next tier asks for', async () => {
    const actor = await workerActor({ skills: ['standing_skill'], tier: 'medium' });
    const before = await getStanding(actor);
    const [fresh] = before.skills;
    expect(fresh).toMatchObject({ skill: 'standing_skill', total: 0, paused: false });
    expect(before.types).toEqual([]);
    const record = { workerId: actor.workerId, type: 'standing_skill' };
    await db.workerTypeRecord.createMany({
      data: [
        { ...record, organizationId: newId(), goldCorrect: 11, goldTotal: 12, accepted: 40 },
        { ...record, organizationId: newId(), goldCorrect: 3, goldTotal: 20, rejected: 2 },
      ],
    });
    const { types, skills, answers } = await getStanding(actor);
    const [known] = skills;
    expect((known?.upper ?? 1) - (known?.lower ?? 0)).toBeLessThan(
      (fresh?.upper ?? 1) - (fresh?.lower ?? 0),
    );
    expect(answers).toEqual({ accepted: 40, rejected: 2 });
    const good = types.find(({ total }) => total === 12);
    const bad = types.find(({ total }) => total === 20);
    expect(good).toMatchObject({ correct: 11, tier: 'medium', pause: null });
    expect(good?.next).toMatchObject({ tier: 'high', golds: 12, goldsNeeded: 20 });
    expect(good?.next?.rightAnswersNeeded).toBe(8);
    expect(bad?.upper).toBeLessThan(good?.lower ?? 0);
    expect(bad?.next?.rightAnswersNeeded).toBeGreaterThan(8);
  });

  it('leaves as a document whose signature anybody can check, and nobody can alter', async () => {
    const actor = await workerActor({ skills: ['standing_skill'] });
    const { signature, ...facts } = await getCredential(actor);
    const x = Buffer.from(signature.public_key, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const holds = (document: object) =>
      verify(
        null,
        Buffer.from(canonicalJson(document)),
        key,
        Buffer.from(signature.value, 'base64'),
      );
    expect(holds(facts)).toBe(true);
    expect(holds({ ...facts, tier: 'critical', name: 'Somebody else' })).toBe(false);
    await expect(getStanding({ ...actor, mode: 'live' })).rejects.toMatchObject({ status: 404 });
  });
});
