import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { syncCatalog } from '@/server/features/task-types';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, workerActor } from '@/server/testing/factories';
import { answerAsked, answerWhole, knownAnswer, WRONG } from '@/server/testing/quiz-answers';
import { expireQuizzes } from './expire-quizzes';
import { getOnboarding } from './get-onboarding';
import { findQuiz, viewQuiz } from './quiz-queries';
import { startQuiz } from './start-quiz';

useTestDatabase();

const SKILL = 'content_review';
const skill = { skill: SKILL };
let actor: WorkerActor;
beforeAll(syncCatalog);
beforeEach(async () => {
  actor = await workerActor();
});

const holds = async () =>
  (await db.workerSkill.count({ where: { workerId: actor.workerId, skill: SKILL } })) === 1;
const golds = (quizId: string) =>
  db.quizQuestion.findMany({ where: { quizId }, select: { goldId: true } });

describe('many requests at once', () => {
  it('begin one try with one set of questions', async () => {
    const views = await Promise.all(Array.from({ length: 20 }, () => startQuiz(actor, skill)));
    expect(new Set(views.map(({ id }) => id)).size).toBe(1);
    expect(new Set(views.map(({ question }) => question?.id)).size).toBe(1);
    expect(await db.quiz.count({ where: { workerId: actor.workerId } })).toBe(1);
  });

  it('answer a question once, whichever of different answers is first', async () => {
    const quiz = await startQuiz(actor, skill);
    const outputs = [
      knownAnswer(quiz),
      ...['hate', 'spam', 'fraud', 'sexual'].map((area) => ({
        verdict: 'policy_violation',
        policy_areas: [area],
        notes: 'Guessing.',
      })),
    ];
    const results = await Promise.allSettled(
      [...outputs, ...outputs].map((output) => answerAsked(actor, quiz, output)),
    );
    const stood = results.filter(({ status }) => status === 'fulfilled');
    // The identical concurrent request gets the same response.
    expect(stood.length).toBe(2);
    const after = await viewQuiz(actor, quiz.id);
    expect(after).toMatchObject({ answered: 1, status: 'open' });
  });

  it('finish a try once: one skill, one end', async () => {
    let quiz = await startQuiz(actor, skill);
    for (let n = 0; n < 4; n++) quiz = await answerAsked(actor, quiz, knownAnswer(quiz));
    const last = knownAnswer(quiz);
    const ends = await Promise.all([
      ...Array.from({ length: 8 }, () => answerAsked(actor, quiz, last)),
      expireQuizzes(),
      viewQuiz(actor, quiz.id),
    ]);
    expect(ends).toHaveLength(10);
    expect(await holds()).toBe(true);
    expect(await db.quiz.count({ where: { workerId: actor.workerId, status: 'passed' } })).toBe(1);
  });

  it('after a failure cannot buy a second look by starting in parallel', async () => {
    await answerWhole(actor, await startQuiz(actor, skill), 5);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => startQuiz(actor, skill)),
    );
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await db.quiz.count({ where: { workerId: actor.workerId } })).toBe(1);
  });
});

describe('somebody else', () => {
  it('sees and answers nothing of a worker’s quiz', async () => {
    const quiz = await startQuiz(actor, skill);
    const other = await workerActor();
    await expect(viewQuiz(other, quiz.id)).rejects.toMatchObject({ status: 404 });
    await expect(answerAsked(other, quiz, WRONG)).rejects.toMatchObject({ status: 404 });
    expect(await findQuiz(other, skill)).toBeNull();
    expect((await getOnboarding(other)).skills.every(({ state }) => state !== 'open')).toBe(true);
  });

  it('cannot have an organization’s own golds asked of the public', async () => {
    const organization = await createOrganization({ funds: 0n });
    const own = { organizationId: organization.id, mode: 'test' as const, type: SKILL, quiz: true };
    const data = Array.from({ length: 30 }, (_, n) => ({
      ...own,
      id: newId(),
      payload: { secret: n },
      expectedOutput: WRONG,
    }));
    await db.gold.createMany({ data });
    const quiz = await startQuiz(actor, skill);
    const asked = await golds(quiz.id);
    expect(asked.filter(({ goldId }) => data.some(({ id }) => id === goldId))).toEqual([]);
    await db.gold.deleteMany({ where: { organizationId: organization.id } });
  });
});
