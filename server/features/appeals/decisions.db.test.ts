import { describe, expect, it } from 'vitest';
import { decideReview } from '@/server/features/reviews';
import { routeTask } from '@/server/features/routing';
import { listTaskEvents } from '@/server/features/tasks/queries';
import { judgeTask, withdrawGold } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import {
  operator,
  outVoted,
  reVotesOf,
  strangers,
  WORD,
  withGoldAppeal,
} from '@/server/testing/appeal-setting';
import { useTestDatabase } from '@/server/testing/database';
import { createWorker } from '@/server/testing/factories';
import { askAbout, COIN_TYPE, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { listGolds } from '../golds/list-golds';
import { simulateAnswer } from '../sandbox/simulate-answer';
import { listAnswers } from '../tasks/list-answers';
import { advanceAppeal, advanceWaitingAppeals } from './advance-appeal';
import { appealAnswer } from './appeal-answer';
import { listAppeals } from './list-appeals';
import { getOverturnRates, getOwnOverturns } from './overturn-rates';

useTestDatabase();

const cellsOf = (workerId: string) => db.evidenceCell.findMany({ where: { workerId } });
const recordOf = (workerId: string) =>
  db.workerTypeRecord.findFirstOrThrow({ where: { workerId, type: COIN_TYPE } });
async function calibratorsOf(taskId: string) {
  const { organizationId, type } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  return db.facetCalibrator.findMany({ where: { organizationId, type } });
}
/** How far the calibrators are from their initial state. */
const sizeOf = (calibrators: readonly { gains: number[] }[]) =>
  calibrators.flatMap(({ gains }) => gains).reduce((sum, gain) => sum + Math.abs(gain), 0);

describe('a reviewer', () => {
  it('upholds an appeal where too few people are there, with the worker’s word at hand', async () => {
    await strangers(1);
    const { appealId, answerId, worker, organization } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const review = await db.review.findUniqueOrThrow({ where: { appealId } });
    const person = await operator();
    await decideReview(person, { reviewId: review.id, decision: 'accept', note: 'You are right.' });
    expect(await advanceAppeal(appealId)).toBe('upheld');
    expect(await db.payout.count({ where: { answerId } })).toBe(1);
    const [shown] = (await listAnswers(worker, { appealed: true })).data;
    expect(shown?.appeal?.explanation).toBe('You are right.');
    expect(
      await db.auditEntry.findFirst({
        where: { organizationId: organization.id, action: 'appeal.upheld' },
      }),
    ).toMatchObject({ actor: 'system' });
    expect(await db.email.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      template: 'appeal-decided',
      subject: 'Your appeal was upheld',
    });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('who corrects to what the worker said upholds it; to something else, dismisses it', async () => {
    for (const [verdict, status] of [
      ['fake', 'upheld'],
      ['real', 'dismissed'],
    ] as const) {
      await strangers(0);
      const { appealId } = await withGoldAppeal();
      await advanceAppeal(appealId);
      const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
      const decision = { reviewId, decision: 'correct', output: { verdict } } as const;
      const person = await operator();
      await expect(decideReview(person, decision)).rejects.toMatchObject({ param: 'note' });
      await decideReview(person, { ...decision, note: 'See the rim.' });
      expect(await advanceAppeal(appealId)).toBe(status);
    }
  });

  it('is shown on the task’s timeline, with the word and without a name', async () => {
    await strangers(0);
    const { appealId, member, taskId } = await outVoted();
    await advanceAppeal(appealId);
    const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
    await decideReview(await operator(), { reviewId, decision: 'reject', note: 'It is cast.' });
    expect(await advanceAppeal(appealId)).toBe('dismissed');
    const events = (await listTaskEvents(member, taskId)).slice(-3);
    expect(events.map(({ type }) => type)).toEqual([
      'appeal.opened',
      'review.decided',
      'appeal.dismissed',
    ]);
    expect(events[0]?.data).toMatchObject({ word: WORD });
    expect(JSON.stringify(events)).not.toContain('workerId');
    const person = await operator();
    const { data } = await listAppeals(person, { shown: 'decided' });
    expect(data.find(({ id }) => id === appealId)).toMatchObject({
      explanation: 'It is cast.',
      decidedBy: 'reviewer',
    });
    const rates = await getOverturnRates(person);
    expect(rates.types).toMatchObject([{ name: COIN_TYPE }]);
    const own = await getOwnOverturns(member);
    expect(own).toMatchObject({ open: 0, total: { upheld: 0, decided: 1 } });
    expect(own.total.high).toBeLessThan(1);
  });
});

describe('a gold that was withdrawn', () => {
  const settle = async (appealId: string) => {
    await advanceAppeal(appealId);
    const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
    await decideReview(await operator(), { reviewId, decision: 'accept' });
    expect(await advanceAppeal(appealId)).toBe('upheld');
  };
  const withdraw = (id: string, withdrawn: boolean) =>
    transaction(async (tx) =>
      withdrawGold(tx, await tx.gold.findUniqueOrThrow({ where: { id } }), withdrawn),
    );

  it('before its appeal is won, or by that, is taken off its worker once', async () => {
    const found = [];
    for (const isBefore of [true, false]) {
      await strangers(0);
      const { appealId, worker, goldId, goldTaskId } = await withGoldAppeal();
      expect(await recordOf(worker.workerId)).toMatchObject({ goldTotal: 1, goldCorrect: 0 });
      const learnt = await calibratorsOf(goldTaskId);
      expect(learnt.map(({ labelled }) => labelled)).toEqual([1]);
      expect(sizeOf(learnt)).toBeGreaterThan(1);
      if (isBefore) {
        expect(await withdraw(goldId, true)).toBe(true);
        expect(await recordOf(worker.workerId)).toMatchObject({ goldTotal: 0 });
        expect(await cellsOf(worker.workerId)).toEqual([]);
        const without = await calibratorsOf(goldTaskId);
        expect(without.map(({ labelled }) => labelled)).toEqual([0]);
        expect(sizeOf(without)).toBeCloseTo(0, 9);
        expect(await withdraw(goldId, false)).toBe(true);
        expect(await calibratorsOf(goldTaskId)).toEqual(learnt);
        expect(await withdraw(goldId, true)).toBe(true);
      }
      await settle(appealId);
      const settled = await calibratorsOf(goldTaskId);
      expect(settled.map(({ labelled }) => labelled)).toEqual([0]);
      expect(sizeOf(settled)).toBeCloseTo(0, 9);
      expect(await db.gold.findUnique({ where: { id: goldId } })).toMatchObject({
        ...{ retiredFor: 'overturned', withdrawn: true, retiredAt: expect.any(Date) },
      });
      const once = {
        record: await recordOf(worker.workerId),
        cells: await cellsOf(worker.workerId),
      };
      expect(once.record).toMatchObject({ goldCorrect: 1, goldTotal: 1, goldScore: 1 });
      expect(await db.labelledTask.count({ where: { taskId: goldTaskId } })).toBe(0);
      expect(await withdraw(goldId, false)).toBe(true);
      expect(await recordOf(worker.workerId)).toEqual(once.record);
      expect(await cellsOf(worker.workerId)).toEqual(once.cells);
      expect(await calibratorsOf(goldTaskId)).toEqual(settled);
      found.push(once.cells.map(({ truth, said, weight }) => ({ truth, said, weight })));
    }
    expect(found[0]).toEqual(found[1]);
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('time', () => {
  it('decides for the worker what nobody has decided, and finds nothing wrong with the gold', async () => {
    await strangers(2);
    const { appealId, answerId, worker, goldId, member } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const [asked] = await reVotesOf(appealId);
    await db.appeal.update({ where: { id: appealId }, data: { dueAt: clock.now() } });
    expect(await advanceWaitingAppeals()).toBeGreaterThan(0);
    expect(await db.appeal.findUnique({ where: { id: appealId } })).toMatchObject({
      status: 'upheld',
      decidedBy: 'time',
    });
    expect(await db.payout.count({ where: { answerId } })).toBe(1);
    expect(await recordOf(worker.workerId)).toMatchObject({
      accepted: 2,
      rejected: 0,
      goldCorrect: 0,
      goldTotal: 0,
    });
    expect(await cellsOf(worker.workerId)).toEqual([]);
    expect((await db.gold.findUniqueOrThrow({ where: { id: goldId } })).retiredAt).toBeNull();
    const { golds } = await listGolds(member, COIN_TYPE);
    expect(golds.find(({ id }) => id === goldId)?.health.overturned).toBe(0);
    expect(await db.task.findUnique({ where: { id: asked?.task.id ?? '' } })).toMatchObject({
      status: 'cancelled',
    });
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('in test mode', () => {
  it('simulated workers give the re-votes, and know the same answer as for the task', async () => {
    await strangers(0);
    for (let n = 0; n < 2; n++) await createWorker({ simulated: true });
    const { customer, worker } = await createGoldSetting({ mode: 'test' });
    const { id: taskId } = await askAbout(customer, 'Tetradrachm', {
      redundancy: { min_votes: 1, max_votes: 1, target_confidence: 0.99 },
      on_low_confidence: 'review',
      sandbox: { answer: { verdict: 'fake' } },
    });
    const answerId = await judgeCoin(worker, taskId, 'fake');
    expect(await judgeTask(taskId)).toBe('need_review');
    const { id: reviewId } = await db.review.findFirstOrThrow({ where: { taskId } });
    const person = await operator('test');
    // Simulates two earlier rejections, so that this one ends the task.
    await db.task.update({ where: { id: taskId }, data: { rejections: 2 } });
    await decideReview(person, { reviewId, decision: 'reject', note: 'It is struck.' });
    expect(await judgeTask(taskId)).toBe('failed');
    const { appealId } = await appealAnswer(worker, { answerId, reason: WORD });
    await advanceAppeal(appealId);
    for (const { task } of await reVotesOf(appealId)) {
      const [assignmentId = ''] = await routeTask(task.id);
      expect(await simulateAnswer(assignmentId)).toBe('answered');
      await judgeTask(task.id);
    }
    expect(await advanceAppeal(appealId)).toBe('upheld');
    const appeal = await db.appeal.findUniqueOrThrow({ where: { id: appealId } });
    expect(appeal).toMatchObject({
      decidedBy: 're_votes',
      againstReviewerId: person.kind === 'operator' ? person.userId : '',
    });
    const { reviewers } = await getOverturnRates(person);
    expect(reviewers).toMatchObject([{ name: 'Somebody', upheld: 1, decided: 1 }]);
    expect(await db.payout.count({ where: { answerId } })).toBe(1);
    expect(await brokenInvariants()).toEqual([]);
  });
});
