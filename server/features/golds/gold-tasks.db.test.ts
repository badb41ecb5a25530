import { describe, expect, it } from 'vitest';
import { listStatement } from '@/server/features/ledger/list-statement';
import {
  claimTask,
  listQueue,
  previewTask,
  routeTask,
  takeNextTask,
} from '@/server/features/routing';
import { countQueue } from '@/server/features/routing/queue';
import { assignWorker, expireTask, releaseAssignment, submitAnswer } from '@/server/features/tasks';
import { getAssignment } from '@/server/features/tasks/assignment-queries';
import { listAnswers } from '@/server/features/tasks/list-answers';
import { judgeTask } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import {
  COIN_PAYOUT_SATS,
  COIN_TYPE,
  createWaitingGold,
  judgeCoin,
} from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { appealAnswer } from '../appeals/appeal-answer';
import { changeGold } from './change-gold';
import { listGolds } from './list-golds';

useTestDatabase();

const keysOf = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, keysOf(part)]))
    : typeof value;

describe('what a worker is shown of a gold', () => {
  it('is what a task beside it shows, with nothing that tells it: queue, preview, task', async () => {
    const { worker, siblingId, goldTaskId, goldId } = await createWaitingGold();
    const { items } = await listQueue(worker);
    const itemOf = (taskId: string) => items.find((item) => item.taskId === taskId);
    const [gold, sibling] = [itemOf(goldTaskId), itemOf(siblingId)];
    expect(keysOf(gold)).toEqual(keysOf(sibling));
    const shape = ({ type, payoutSats, createdAt, expiresAt, pace }: NonNullable<typeof gold>) => ({
      type,
      payoutSats,
      pace,
      lastsMs: expiresAt.getTime() - createdAt.getTime(),
    });
    expect(gold && shape(gold)).toEqual(sibling && shape(sibling));
    const previews = [
      await previewTask(worker, { taskId: goldTaskId }),
      await previewTask(worker, { taskId: siblingId }),
    ];
    expect(keysOf(previews[0])).toEqual(keysOf(previews[1]));
    const [goldTurn, turn] = [await take(goldTaskId), await take(siblingId)];
    expect(keysOf(goldTurn)).toEqual(keysOf(turn));
    const alike = ({ task }: typeof turn) => ({
      ...task,
      id: '',
      payload: {},
      createdAt: null,
      expiresAt: null,
    });
    expect(alike(goldTurn)).toEqual(alike(turn));
    const told = JSON.stringify([gold, previews[0], goldTurn]);
    for (const secret of [goldId, 'gold_', 'goldId', 'reserved', 'worn', 'expected']) {
      expect(told).not.toContain(secret);
    }

    async function take(taskId: string) {
      const { assignmentId } = await claimTask(worker, { taskId });
      return getAssignment(worker, assignmentId);
    }
  });

  it('is for that worker alone: nobody else lists, previews, takes or is offered it', async () => {
    const { worker, siblingId, goldTaskId } = await createWaitingGold();
    const other = await workerActor({ mode: 'live', onCall: true });
    expect((await listQueue(other)).items.map(({ taskId }) => taskId)).toEqual([siblingId]);
    expect(await countQueue(other)).toEqual([{ type: COIN_TYPE, tasks: 1 }]);
    expect(await countQueue(worker)).toEqual([{ type: COIN_TYPE, tasks: 2 }]);
    const unknown = newId();
    const refusal = async (act: (taskId: string) => Promise<unknown>) => {
      const [one, two] = await Promise.allSettled([act(goldTaskId), act(unknown)]);
      expect(one?.status).toBe('rejected');
      const wordsOf = (result: typeof one) =>
        result?.status === 'rejected' && String(result.reason).replaceAll(/[0-9a-f-]{36}/g, '…');
      expect(wordsOf(one)).toBe(wordsOf(two));
    };
    await refusal((taskId) => previewTask(other, { taskId }));
    await refusal((taskId) => claimTask(other, { taskId }));
    await takeNextTask(other);
    expect(await takeNextTask(other)).toBeNull();
    expect(await routeTask(goldTaskId)).toEqual([]);
    const given = { taskId: goldTaskId, workerId: other.workerId, backup: false, by: 'routing' };
    expect(await transaction((tx) => assignWorker(tx, { ...given, status: 'active' }))).toBeNull();
    await db.worker.update({ where: { id: worker.workerId }, data: { online: true } });
    expect(await routeTask(goldTaskId)).toHaveLength(1);
    await db.worker.updateMany({ data: { online: false } });
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('an answer to a gold', () => {
  it('that is right is verified, paid and counted, once however often it is judged', async () => {
    const { worker, member, goldTaskId, goldId } = await createWaitingGold({ riskTier: 'high' });
    await judgeCoin(worker, goldTaskId, 'real');
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => judgeTask(goldTaskId)));
    expect(outcomes.filter((outcome) => outcome === 'verified')).toHaveLength(1);
    expect(await db.payout.findMany({ where: { taskId: goldTaskId } })).toMatchObject([
      { workerId: worker.workerId, amountSats: BigInt(COIN_PAYOUT_SATS) },
    ]);
    expect(await db.gold.findUnique({ where: { id: goldId } })).toMatchObject({
      served: 1,
      correct: 1,
    });
    expect(await recordOf(worker.workerId)).toMatchObject({ goldCorrect: 1, goldTotal: 1 });
    const { golds } = await listGolds(member, COIN_TYPE);
    expect(golds.find(({ id }) => id === goldId)?.health).toMatchObject({ served: 1, share: 1 });
    const { data } = await listStatement(member, { limit: 50 });
    const about = data.filter(({ reference }) => reference === `gold:${goldTaskId}`);
    expect(about.map(({ kind }) => kind)).toEqual(['charge', 'hold']);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('that is wrong is rejected with the gold’s explanation, costs nothing and goes to nobody else', async () => {
    const { worker, organization, goldTaskId, goldId } = await createWaitingGold();
    const held = () =>
      db.account.findFirstOrThrow({
        where: { owner: organization.id, mode: 'live', kind: 'organization_held' },
      });
    const before = await held();
    const answerId = await judgeCoin(worker, goldTaskId, 'fake');
    expect(await judgeTask(goldTaskId)).toBe('failed');
    const task = await db.task.findUniqueOrThrow({ where: { id: goldTaskId } });
    expect(task).toMatchObject({ status: 'failed', openSeats: 0, chargedSats: 0n });
    expect(before.balance - (await held()).balance).toBe(task.heldSats);
    const [told] = (await listAnswers(worker, { status: 'rejected' })).data;
    expect(told?.rejection).toMatchObject({ code: 'gold_mismatch' });
    expect(told?.rejection?.message).toMatch(/known answer.* is worn\.$/);
    expect(await db.gold.findUnique({ where: { id: goldId } })).toMatchObject({
      served: 1,
      correct: 0,
    });
    expect(await recordOf(worker.workerId)).toMatchObject({ goldCorrect: 0, goldTotal: 1 });
    const other = await workerActor({ mode: 'live', online: false });
    expect(await routeTask(goldTaskId)).toEqual([]);
    await expect(claimTask(other, { taskId: goldTaskId })).rejects.toMatchObject({ status: 409 });
    const { appealId } = await appealAnswer(worker, { answerId, reason: 'It is not worn.' });
    expect(await db.appeal.findUnique({ where: { id: appealId } })).toMatchObject({
      taskId: goldTaskId,
      status: 'open',
    });
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('a gold that is not answered', () => {
  it('ends as it is given back, since nobody else may take it, and its worker hears of it as of any', async () => {
    const { worker, siblingId, goldTaskId } = await createWaitingGold();
    const heard: unknown[] = [];
    for (const taskId of [siblingId, goldTaskId]) {
      await db.outboxRow.deleteMany();
      const { assignmentId } = await claimTask(worker, { taskId });
      await releaseAssignment(worker, { assignmentId, reason: 'Too dark.' });
      const told = await db.outboxRow.findMany({
        where: { live: { path: ['workerId'], equals: worker.workerId } },
        orderBy: { id: 'asc' },
      });
      heard.push(told.map(({ topic }) => topic));
    }
    expect(heard[1]).toEqual(heard[0]);
    expect(heard[0]).toEqual(['task.assigned', 'task.requeued']);
    expect(await endOf(goldTaskId)).toEqual(['cancelled', ['hold', 'release']]);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is taken away with the gold that is retired, but not from who is at work on it', async () => {
    const [waiting, begun] = [await createWaitingGold(), await createWaitingGold()];
    const { assignmentId } = await claimTask(begun.worker, { taskId: begun.goldTaskId });
    for (const { member, goldId } of [waiting, begun]) {
      await changeGold(member, { id: goldId, retired: true });
    }
    expect(await endOf(waiting.goldTaskId)).toEqual(['cancelled', ['hold', 'release']]);
    expect(await endOf(begun.goldTaskId)).toEqual(['assigned', ['hold']]);
    await submitAnswer(begun.worker, { assignmentId, output: { verdict: 'real' } });
    expect(await judgeTask(begun.goldTaskId)).toBe('verified');
    expect(await brokenInvariants()).toEqual([]);
  });

  it('expires at its end, and its sats are free', async () => {
    const { goldTaskId } = await createWaitingGold();
    await db.task.update({ where: { id: goldTaskId }, data: { expiresAt: clock.now() } });
    expect(await expireTask(goldTaskId)).toBe(true);
    expect(await endOf(goldTaskId)).toEqual(['expired', ['hold', 'release']]);
    expect(await brokenInvariants()).toEqual([]);
  });

  const endOf = async (id: string) => {
    const { status } = await db.task.findUniqueOrThrow({ where: { id } });
    const postings = await db.posting.findMany({ where: { reference: `gold:${id}` } });
    return [status, postings.map(({ kind }) => kind).sort()];
  };
});

const recordOf = (workerId: string) =>
  db.workerTypeRecord.findFirst({ where: { workerId, type: COIN_TYPE } });
