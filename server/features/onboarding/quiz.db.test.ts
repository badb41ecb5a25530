import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { syncCatalog } from '@/server/features/task-types';
import { catalog } from '@/server/features/task-types/catalog';
import type { Actor, WorkerActor } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { answerAsked, answerWhole, knownAnswer, WRONG } from '@/server/testing/quiz-answers';
import { createTestClock, type TestClock } from '@/server/testing/test-clock';
import { answerQuestion } from './answer-question';
import { expireQuizzes } from './expire-quizzes';
import { pardonQuiz } from './pardon-quiz';
import { findQuiz, viewQuiz } from './quiz-queries';
import type { QuizView } from './schema';
import { startQuiz } from './start-quiz';

useTestDatabase();

const SKILL = 'content_review';
const skill = { skill: SKILL };
const HOUR = 60 * 60_000;
/** Stands in for an organization's ID. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };

const entry = catalog.find(({ type }) => type === SKILL);

let time: TestClock;
let restoreClock: () => void;
let actor: WorkerActor;

beforeAll(syncCatalog);
beforeEach(async () => {
  time = createTestClock(Date.parse('2026-11-25T08:00:00Z'));
  restoreClock = useClock(time);
  actor = await workerActor();
});
afterEach(() => restoreClock());

const answer = (quiz: QuizView, output: unknown) => answerAsked(actor, quiz, output);
const answerAll = (quiz: QuizView, wrong = 0) => answerWhole(actor, quiz, wrong);

const holds = async () =>
  (await db.workerSkill.count({ where: { workerId: actor.workerId, skill: SKILL } })) === 1;
const golds = (quizId: string) =>
  db.quizQuestion.findMany({ where: { quizId }, select: { goldId: true } });

describe('a quiz', () => {
  it('passed with four of five right gives the skill, and is evidence in its fields that no organization owns', async () => {
    const quiz = await startQuiz(actor, skill);
    expect(quiz).toMatchObject({ status: 'open', total: 5, answered: 0, needed: 4, number: 1 });
    const done = await answerAll(quiz, 1);
    expect(done).toMatchObject({ status: 'passed', question: null, result: { correct: 4 } });
    expect(await holds()).toBe(true);
    expect(await db.workerSkill.findFirst({ where: { workerId: actor.workerId } })).toMatchObject({
      goldCorrect: 0,
      goldTotal: 0,
    });
    expect(await db.workerTypeRecord.count({ where: { workerId: actor.workerId } })).toBe(0);
    const cells = await db.evidenceCell.findMany({ where: { workerId: actor.workerId } });
    expect(new Set(cells.map(({ organizationId }) => organizationId))).toEqual(new Set([NOBODY]));
    const verdicts = cells.filter(({ facet }) => facet.startsWith('/verdict#'));
    expect(verdicts.reduce((sum, { weight }) => sum + weight, 0)).toBe(5);
    const wrong = verdicts.filter(({ truth, said }) => truth !== said);
    expect(wrong.map(({ weight }) => weight)).toEqual([1]);
    expect(await db.facetCalibrator.count()).toBe(0);
    expect(await db.gold.aggregate({ _sum: { served: true, correct: true } })).toEqual({
      _sum: { served: 0, correct: 0 },
    });
  });

  it('failed with three of five right gives nothing but a wait', async () => {
    const done = await answerAll(await startQuiz(actor, skill), 2);
    expect(done).toMatchObject({
      status: 'failed',
      result: { correct: 3, triesLeft: 2, retryAt: new Date(time.nowMs() + 24 * HOUR) },
    });
    expect(await holds()).toBe(false);
    await expect(startQuiz(actor, skill)).rejects.toMatchObject({
      status: 409,
      code: 'quiz_cooling',
      details: { retry_at: '2026-11-26T08:00:00.000Z' },
    });
  });

  it('waits longer each time, and closes with the last try until an operator pardons', async () => {
    await answerAll(await startQuiz(actor, skill), 5);
    time.advanceMs(24 * HOUR);
    await answerAll(await startQuiz(actor, skill), 5);
    time.advanceMs(71 * HOUR);
    await expect(startQuiz(actor, skill)).rejects.toMatchObject({ code: 'quiz_cooling' });
    time.advanceMs(HOUR);
    expect(await answerAll(await startQuiz(actor, skill), 5)).toMatchObject({
      number: 3,
      result: { triesLeft: 0, retryAt: null },
    });
    time.advanceMs(5_000 * HOUR);
    await expect(startQuiz(actor, skill)).rejects.toMatchObject({ code: 'quiz_closed' });
    const ask = { workerId: actor.workerId, skill: SKILL };
    await expect(pardonQuiz(actor, ask)).rejects.toMatchObject({ status: 403 });
    await expect(pardonQuiz({ ...operator, mode: 'live' }, ask)).rejects.toMatchObject({
      status: 404,
    });
    expect(await pardonQuiz(operator, ask)).toEqual({ pardoned: 3 });
    expect(await answerAll(await startQuiz(actor, skill))).toMatchObject({
      number: 4,
      status: 'passed',
    });
  });

  it('asks other questions the second time, and those seen least the third', async () => {
    const first = await startQuiz(actor, skill);
    await answerAll(first, 5);
    time.advanceMs(24 * HOUR);
    const second = await startQuiz(actor, skill);
    const seen = new Set(
      [...(await golds(first.id)), ...(await golds(second.id))].map((g) => g.goldId),
    );
    expect(seen.size).toBe(10);
  });

  it('never tells what is expected, before or after, beyond why a wrong answer was wrong', async () => {
    let quiz = await startQuiz(actor, skill);
    const views: QuizView[] = [quiz];
    while (quiz.question) {
      quiz = await answer(quiz, views.length <= 2 ? WRONG : knownAnswer(quiz));
      views.push(quiz);
    }
    for (const view of views.slice(0, -1)) {
      expect(view.result).toBeNull();
      expect(Object.keys(view.question ?? {}).sort()).toEqual(['id', 'payload', 'position']);
      for (const { explanation } of entry?.quiz ?? []) {
        expect(JSON.stringify(view)).not.toContain(explanation);
      }
    }
    expect(quiz.result?.questions.map(({ correct, wrong }) => [correct, wrong !== null])).toEqual([
      [false, true],
      [false, true],
      [true, false],
      [true, false],
      [true, false],
    ]);
    expect(JSON.stringify(quiz)).not.toContain('expected');
  });

  it('shows one question at a time; the next one cannot be answered before', async () => {
    const quiz = await startQuiz(actor, skill);
    const later = await db.quizQuestion.findFirstOrThrow({
      where: { quizId: quiz.id, position: 3 },
    });
    await expect(
      answerQuestion(actor, { questionId: later.id, output: WRONG }),
    ).rejects.toMatchObject({ status: 404 });
    expect((await viewQuiz(actor, quiz.id)).answered).toBe(0);
  });

  it('lets the first answer stand: the same again is no matter, another one is refused', async () => {
    const quiz = await startQuiz(actor, skill);
    const right = knownAnswer(quiz);
    const next = await answer(quiz, right);
    expect(await answer(quiz, right)).toEqual(next);
    await expect(answer(quiz, WRONG)).rejects.toMatchObject({
      status: 409,
      code: 'already_answered',
    });
    const done = await answerAll(next);
    expect(done).toMatchObject({ status: 'passed', result: { correct: 5 } });
    expect(await answer(quiz, right)).toEqual(done);
  });

  it('hands an answer that does not fit the form back, at no cost', async () => {
    const quiz = await startQuiz(actor, skill);
    await expect(answer(quiz, { verdict: 'maybe' })).rejects.toMatchObject({
      status: 400,
      code: 'answer_invalid',
      details: expect.arrayContaining([expect.objectContaining({ pointer: '/verdict' })]),
    });
    expect(await viewQuiz(actor, quiz.id)).toMatchObject({ answered: 0, status: 'open' });
  });

  it('is resumed where it was left, with the time that is left', async () => {
    const quiz = await startQuiz(actor, skill);
    const second = await answer(quiz, knownAnswer(quiz));
    time.advanceMs(20 * 60_000);
    expect(await startQuiz(actor, skill)).toEqual(second);
    expect(await findQuiz(actor, skill)).toMatchObject({ expiresAt: quiz.expiresAt, answered: 1 });
  });

  it('ends when its time is up: what is missing is wrong, and nothing of it is shown', async () => {
    const quiz = await startQuiz(actor, skill);
    const second = await answer(quiz, knownAnswer(quiz));
    time.advanceMs(30 * 60_000);
    const late = await answer(second, knownAnswer(second));
    expect(late).toMatchObject({
      status: 'failed',
      answered: 1,
      result: {
        correct: 1,
        timedOut: true,
        retryAt: new Date(quiz.expiresAt.getTime() + 24 * HOUR),
      },
    });
    expect(late.result?.questions.map(({ wrong }) => wrong)).toEqual(Array(5).fill(null));
  });

  it('that nobody came back to is ended by the sweep, as of when its time was up', async () => {
    const quiz = await startQuiz(actor, skill);
    time.advanceMs(7 * HOUR);
    expect((await expireQuizzes()).expired).toBeGreaterThanOrEqual(1);
    expect(await db.quiz.findUniqueOrThrow({ where: { id: quiz.id } })).toMatchObject({
      status: 'failed',
      finishedAt: quiz.expiresAt,
    });
    expect(await expireQuizzes()).toEqual({ expired: 0 });
  });

  it('with enough right answers in time is passed, though the last one is missing', async () => {
    let quiz = await startQuiz(actor, skill);
    for (let n = 0; n < 4; n++) quiz = await answer(quiz, knownAnswer(quiz));
    time.advanceMs(HOUR);
    expect(await viewQuiz(actor, quiz.id)).toMatchObject({ status: 'passed' });
    expect(await holds()).toBe(true);
  });
});

describe('who may not try', () => {
  it('holds the skill already, paused or not', async () => {
    const holder = await workerActor({ skills: [SKILL] });
    await expect(startQuiz(holder, skill)).rejects.toMatchObject({ code: 'skill_held' });
    await db.workerSkill.updateMany({
      where: { workerId: holder.workerId },
      data: { paused: true },
    });
    await expect(startQuiz(holder, skill)).rejects.toMatchObject({ code: 'skill_held' });
  });

  it('asks for a skill without a quiz, or for one that is none', async () => {
    await expect(startQuiz(actor, { skill: 'general' })).rejects.toMatchObject({ status: 404 });
    await expect(startQuiz(actor, { skill: 'telepathy' })).rejects.toMatchObject({ status: 404 });
  });

  it('was turned away', async () => {
    await db.worker.update({
      where: { id: actor.workerId },
      data: { vetting: 'rejected', status: 'paused', online: false },
    });
    await expect(startQuiz(actor, skill)).rejects.toMatchObject({ code: 'vetting_rejected' });
  });
});

describe.each(catalog.map(({ type, quiz }) => [type, quiz] as const))(
  'the quiz of %s',
  (type, quiz) => {
    it('is passed by who answers as the catalog does', async () => {
      const of = new Map(quiz.map(({ payload, expected }) => [canonicalJson(payload), expected]));
      let view = await startQuiz(actor, { skill: type });
      while (view.question) {
        const output = of.get(canonicalJson(view.question.payload));
        view = await answerQuestion(actor, { questionId: view.question.id, output });
      }
      expect(view).toMatchObject({ status: 'passed', result: { correct: 5 } });
    });
  },
);
