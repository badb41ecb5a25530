import { beforeAll, describe, expect, it } from 'vitest';
import { getSettings, saveSetting } from '@/server/features/settings';
import { syncCatalog } from '@/server/features/task-types';
import { catalog } from '@/server/features/task-types/catalog';
import type { Actor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { getOnboarding } from './get-onboarding';
import { startQuiz } from './start-quiz';
import {
  chooseSkills,
  finishOnboarding,
  getPractice,
  postponePayout,
  practise,
} from './take-steps';

useTestDatabase();
beforeAll(syncCatalog);

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
const stepOf = async (actor: Awaited<ReturnType<typeof workerActor>>, skill: string) =>
  (await getOnboarding(actor)).skills.find(({ name }) => name === skill);

describe('the way in', () => {
  it('begins with nothing done, and remembers each step', async () => {
    const actor = await workerActor();
    expect(await getOnboarding(actor)).toMatchObject({
      payout: { chosen: false, destination: null, timing: 'at_once' },
      practice: { done: false },
      finished: false,
    });
    await postponePayout(actor);
    await finishOnboarding(actor);
    expect(await getOnboarding(actor)).toMatchObject({ payout: { chosen: true }, finished: true });
  });

  it('opens skills without a quiz at the worker’s word, and no others', async () => {
    const actor = await workerActor();
    await chooseSkills(actor, { skills: ['general', 'content_review'] });
    expect(await stepOf(actor, 'general')).toMatchObject({ state: 'held', wanted: true });
    expect(await stepOf(actor, 'content_review')).toMatchObject({
      state: 'ready',
      wanted: true,
      questions: 5,
      triesLeft: 3,
    });
    await chooseSkills(actor, { skills: ['content_review'] });
    expect(await stepOf(actor, 'general')).toMatchObject({ state: 'held', wanted: false });
    await expect(chooseSkills(actor, { skills: ['telepathy'] })).rejects.toMatchObject({
      code: 'unknown_skill',
    });
  });

  it('never takes a pause off a skill, whatever is chosen', async () => {
    const actor = await workerActor();
    await chooseSkills(actor, { skills: ['general'] });
    await db.workerSkill.updateMany({
      where: { workerId: actor.workerId },
      data: { paused: true },
    });
    await chooseSkills(actor, { skills: ['general'] });
    expect(await stepOf(actor, 'general')).toMatchObject({ state: 'paused' });
  });

  it('gives nothing to who was turned away', async () => {
    const actor = await workerActor();
    await db.worker.update({
      where: { id: actor.workerId },
      data: { vetting: 'rejected', status: 'paused', online: false },
    });
    await chooseSkills(actor, { skills: ['general'] });
    expect(await db.workerSkill.count({ where: { workerId: actor.workerId } })).toBe(0);
  });
});

describe('the practice task', () => {
  it.each(catalog.map(({ type }) => type))(
    'of %s says at once what was expected, and why',
    async (type) => {
      const actor = await workerActor();
      const entry = catalog.find((each) => each.type === type);
      const shown = await getPractice(type);
      expect(shown.payload).toEqual(entry?.practice.payload);
      expect(JSON.stringify(shown)).not.toContain(entry?.practice.explanation);
      const output = entry?.practice.expected;
      expect(await practise(actor, { type, output })).toEqual({
        correct: true,
        expected: output,
        explanation: entry?.practice.explanation,
      });
      expect((await getOnboarding(actor)).practice.done).toBe(true);
    },
  );

  it('takes a wrong answer kindly, and one that does not fit not at all', async () => {
    const actor = await workerActor();
    const output = { verdict: 'ai_generated', policy_areas: [] };
    expect(await practise(actor, { type: 'content_review', output })).toMatchObject({
      correct: false,
      expected: { verdict: 'genuine' },
    });
    await expect(
      practise(actor, { type: 'content_review', output: { verdict: 1 } }),
    ).rejects.toMatchObject({ code: 'answer_invalid' });
    await expect(practise(actor, { type: 'telepathy', output })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('pays nothing and counts for nothing', async () => {
    const actor = await workerActor();
    const { expected: output } = catalog[0]?.practice ?? {};
    await practise(actor, { type: 'content_review', output });
    expect(await db.payout.count({ where: { workerId: actor.workerId } })).toBe(0);
    expect(await db.workerTypeRecord.count({ where: { workerId: actor.workerId } })).toBe(0);
  });
});

describe('the quiz’s numbers', () => {
  it('are the instance’s to set, by operators alone, for tries begun from then on', async () => {
    const numbers = {
      questions: 8,
      passMark: 1,
      tries: 2,
      cooldownHours: [0],
      minutes: 10,
    };
    const save = (actor: Actor) => transaction((tx) => saveSetting(tx, actor, 'quiz', numbers));
    const worker = await workerActor();
    await expect(save(worker)).rejects.toMatchObject({ status: 403 });
    const before = await startQuiz(await workerActor(), { skill: 'image_moderation' });
    await save(operator);
    expect((await getSettings()).quiz).toEqual(numbers);
    expect(await startQuiz(worker, { skill: 'image_moderation' })).toMatchObject({
      total: 8,
      needed: 8,
    });
    expect(before).toMatchObject({ total: 5, needed: 4 });
    await transaction((tx) =>
      saveSetting(tx, operator, 'quiz', { ...numbers, questions: 5, passMark: 0.8 }),
    );
  });
});
