import { describe, expect, it } from 'vitest';
import { listQueue } from '@/server/features/routing';
import { expireTask, getTask } from '@/server/features/tasks';
import { judgeTask } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import {
  outVoted,
  reVote,
  reVotesOf,
  strangers,
  WORD,
  withGoldAppeal,
  withWrongGold,
} from '@/server/testing/appeal-setting';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { COIN_PAYOUT_SATS, COIN_TYPE } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { listGolds } from '../golds/list-golds';
import { listAnswers } from '../tasks/list-answers';
import { advanceAppeal } from './advance-appeal';
import { appealAnswer } from './appeal-answer';

useTestDatabase();

const cellsOf = (workerId: string) =>
  db.evidenceCell.findMany({
    where: { workerId },
    select: { facet: true, truth: true, said: true, weight: true },
    orderBy: [{ facet: 'asc' }, { truth: 'asc' }, { said: 'asc' }],
  });
const recordOf = (workerId: string) =>
  db.workerTypeRecord.findFirstOrThrow({ where: { workerId, type: COIN_TYPE } });
const balanceOf = async (owner: string) =>
  (
    await db.account.findFirstOrThrow({
      where: { owner, mode: 'live', kind: 'organization_available' },
    })
  ).balance;

describe('two blind re-votes', () => {
  it('that say as the worker did win a gold’s appeal: paid, restored, the gold retired', async () => {
    const people = await strangers(3);
    const setting = await withWrongGold();
    const { worker, organization, member, goldTaskId, goldId, answerId } = setting;
    const before = await cellsOf(worker.workerId);
    await judgeTask(goldTaskId);
    expect(await cellsOf(worker.workerId)).not.toEqual(before);
    const { appealId } = await appealAnswer(worker, { answerId, reason: WORD });
    expect(await advanceAppeal(appealId)).toBeNull();
    const asked = await reVotesOf(appealId);
    const ids = people.map(({ workerId }) => workerId);
    expect(asked).toHaveLength(2);
    for (const { workerId, task } of asked) {
      expect(ids).toContain(workerId);
      expect(task.heldSats).toBeGreaterThan(BigInt(COIN_PAYOUT_SATS));
    }
    const spent = await balanceOf(organization.id);
    await reVote(appealId, ['fake', 'fake']);
    expect(await db.appeal.findUniqueOrThrow({ where: { id: appealId } })).toMatchObject({
      status: 'upheld',
      decidedBy: 're_votes',
      route: 're_votes',
    });
    expect(await db.payout.findMany({ where: { answerId } })).toMatchObject([
      { workerId: worker.workerId, amountSats: BigInt(COIN_PAYOUT_SATS) },
    ]);
    expect(await recordOf(worker.workerId)).toMatchObject({
      accepted: 2,
      rejected: 0,
      goldCorrect: 1,
      goldTotal: 1,
    });
    // The gold's evidence is gone, replaced by the answer that is now known to be right.
    const after = await cellsOf(worker.workerId);
    expect(after.every(({ truth, said }) => truth === said)).toBe(true);
    expect(after.reduce((sum, { weight }) => sum + weight, 0)).toBe(1);
    const { golds } = await listGolds(member, COIN_TYPE);
    expect(golds.find(({ id }) => id === goldId)).toMatchObject({
      retiredAt: expect.any(Date),
      health: { overturned: 1 },
    });
    const gold = await db.task.findUniqueOrThrow({ where: { id: goldTaskId } });
    expect(gold.status).toBe('failed');
    expect(spent - (await balanceOf(organization.id))).toBe(gold.chargedSats);
    const [shown] = (await listAnswers(worker, { appealed: true })).data;
    expect(shown).toMatchObject({
      status: 'accepted',
      rejection: null,
      appeal: {
        status: 'upheld',
        explanation: expect.stringContaining('gave the same answer as you'),
      },
      payout: { amountSats: COIN_PAYOUT_SATS },
    });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('that say otherwise dismiss it, and the worker reads why', async () => {
    await strangers(2);
    const { appealId, worker, answerId, goldId } = await withGoldAppeal();
    await advanceAppeal(appealId);
    await reVote(appealId, ['real', 'real']);
    const [shown] = (await listAnswers(worker, { appealed: true })).data;
    expect(shown).toMatchObject({
      status: 'rejected',
      payout: null,
      appeal: {
        status: 'dismissed',
        explanation: expect.stringContaining('both answered differently'),
      },
    });
    expect(await db.payout.count({ where: { answerId } })).toBe(0);
    expect((await db.gold.findUniqueOrThrow({ where: { id: goldId } })).retiredAt).toBeNull();
    expect(await brokenInvariants()).toEqual([]);
  });

  it('that differ leave it to a reviewer', async () => {
    await strangers(2);
    const { appealId } = await withGoldAppeal();
    await advanceAppeal(appealId);
    await reVote(appealId, ['real', 'fake']);
    expect(await db.appeal.findUnique({ where: { id: appealId } })).toMatchObject({
      status: 'open',
      route: 'reviewer',
    });
    expect(await db.review.findUnique({ where: { appealId } })).toMatchObject({
      status: 'open',
      reason: 'appeal',
      blocking: false,
    });
  });

  it('show a task as it was, to nobody else, and to its customer nothing', async () => {
    const [one, two] = await strangers(2);
    const { appealId, customer, member, goldTaskId } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const [asked] = await reVotesOf(appealId);
    const mine = one?.workerId === asked?.workerId ? one : two;
    const other = mine === one ? two : one;
    if (!asked || !mine || !other) throw new Error('Nobody was asked.');
    const inQueue = async (worker: typeof mine) =>
      (await listQueue(worker)).items.find(({ taskId }) => taskId === asked.task.id);
    const item = await inQueue(mine);
    expect(item).toMatchObject({ type: COIN_TYPE, payoutSats: COIN_PAYOUT_SATS });
    expect(JSON.stringify(item)).not.toMatch(/appeal|gold/);
    expect(await inQueue(other)).toBeUndefined();
    const gold = await db.task.findUniqueOrThrow({ where: { id: goldTaskId } });
    for (const key of [
      'payload',
      'outputSchema',
      'instructions',
      'slaSeconds',
      'riskTier',
    ] as const) {
      expect(asked.task[key]).toEqual(gold[key]);
    }
    for (const actor of [customer, member]) {
      await expect(getTask(actor, asked.task.id)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('that run out are asked of others, and of a reviewer where nobody is left', async () => {
    await strangers(2);
    const { appealId } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const [first] = await reVotesOf(appealId);
    await runOut([first?.task.id ?? '']);
    const late = await workerActor({ mode: 'live' });
    await advanceAppeal(appealId);
    expect((await reVotesOf(appealId)).map(({ workerId }) => workerId)).toContain(late.workerId);
    await runOut((await reVotesOf(appealId)).map(({ task }) => task.id));
    await advanceAppeal(appealId);
    expect(await db.review.findUnique({ where: { appealId } })).toMatchObject({ status: 'open' });
  });

  it('on a customer’s task are paid by the platform, and its price stays', async () => {
    await strangers(2);
    const { appealId, organization, customer, taskId } = await outVoted();
    const before = await balanceOf(organization.id);
    await advanceAppeal(appealId);
    const asked = await reVote(appealId, ['fake', 'fake']);
    expect(await balanceOf(organization.id)).toBe(before);
    const paid = await db.posting.findMany({
      where: { reference: { in: asked.map((id) => `gold:${id}`) } },
    });
    expect(paid.map(({ kind }) => kind)).toEqual(['re_vote', 're_vote']);
    // Being out-voted is not a rejection: the answer was already paid, and is paid only once.
    expect(await db.payout.count({ where: { taskId } })).toBe(3);
    expect(await db.appeal.findUnique({ where: { id: appealId } })).toMatchObject({
      ground: 'out_voted',
      status: 'upheld',
    });
    // The customer keeps the delivered answer and sees the correction.
    expect(await getTask(customer, taskId)).toMatchObject({
      status: 'verified',
      output: { verdict: 'real' },
      correction: { decision: 'correct', output: { verdict: 'fake' } },
    });
    expect(await brokenInvariants()).toEqual([]);
  });
});

async function runOut(taskIds: readonly string[]) {
  for (const id of taskIds) {
    await db.task.update({ where: { id }, data: { expiresAt: clock.now() } });
    expect(await expireTask(id)).toBe(true);
  }
}
