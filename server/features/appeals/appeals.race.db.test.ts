import { describe, expect, it } from 'vitest';
import { decideReview } from '@/server/features/reviews';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import {
  giveReVote,
  operator,
  outVoted,
  reVote,
  reVotesOf,
  strangers,
  withGoldAppeal,
} from '@/server/testing/appeal-setting';
import { useTestDatabase } from '@/server/testing/database';
import { COIN_PAYOUT_SATS } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { setSpendLimits } from '../ledger/spend-limits';
import { advanceAppeal, advanceWaitingAppeals } from './advance-appeal';

useTestDatabase();

const five = <T>(act: () => Promise<T>) => Promise.all(Array.from({ length: 5 }, act));
const payingsOf = (appealId: string) =>
  db.posting.findMany({
    where: { reference: `appeal:${appealId}` },
    include: { entries: { include: { account: true } } },
  });

async function waitingForLocks(): Promise<number> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}

describe('an appeal that several hands move at once', () => {
  it('is asked of two people, however often that is begun', async () => {
    await strangers(6);
    const { appealId } = await withGoldAppeal();
    await five(() => advanceAppeal(appealId));
    expect(await reVotesOf(appealId)).toHaveLength(2);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is decided by a vote that comes while a look at the one before it is on its way', async () => {
    await strangers(2);
    const { appealId } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const [first, second] = await reVotesOf(appealId);
    if (!first || !second) throw new Error('Two others are asked.');
    await giveReVote(first, 'fake');
    const { early } = await transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM appeals WHERE id = ${appealId}::uuid FOR UPDATE`;
      const looking = advanceAppeal(appealId);
      await expect.poll(() => waitingForLocks()).toBe(1);
      await giveReVote(second, 'fake');
      return { early: looking };
    });
    expect(await early).toBe('upheld');
    expect(await db.review.count({ where: { appealId } })).toBe(0);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is settled once: one decision, one payout, one posting', async () => {
    await strangers(0);
    const { appealId, answerId } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
    await decideReview(await operator(), { reviewId, decision: 'accept' });
    await db.appeal.update({ where: { id: appealId }, data: { dueAt: clock.now() } });
    const came = await five(() => advanceAppeal(appealId));
    expect(came.filter((each) => each === 'upheld')).toHaveLength(1);
    expect(await db.payout.count({ where: { answerId } })).toBe(1);
    expect(await payingsOf(appealId)).toHaveLength(1);
    expect(
      await db.taskEvent.count({
        where: { type: 'appeal.upheld', data: { path: ['appealId'], equals: appealId } },
      }),
    ).toBe(1);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('goes on from where a process died: the sweep finds the decision', async () => {
    await strangers(0);
    const { appealId, answerId } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
    await decideReview(await operator(), { reviewId, decision: 'accept' });
    expect(await db.appeal.findUnique({ where: { id: appealId } })).toMatchObject({
      status: 'open',
    });
    await advanceWaitingAppeals();
    expect(await db.payout.count({ where: { answerId } })).toBe(1);
  });

  it('leaves nothing behind where settling fails on the way', async () => {
    await strangers(0);
    const { appealId, answerId, worker } = await withGoldAppeal();
    await advanceAppeal(appealId);
    const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
    await decideReview(await operator(), { reviewId, decision: 'accept' });
    // Makes the last step of settling, the payment, fail.
    await db.$executeRawUnsafe(`
      CREATE FUNCTION refuse_back_pay() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'The lights went out.'; END $$`);
    await db.$executeRawUnsafe(`
      CREATE TRIGGER refuse_back_pay BEFORE INSERT ON postings FOR EACH ROW
      WHEN (NEW.kind = 'back_pay') EXECUTE FUNCTION refuse_back_pay()`);
    await expect(advanceAppeal(appealId)).rejects.toThrow();
    await db.$executeRawUnsafe('DROP FUNCTION refuse_back_pay() CASCADE');
    expect(await db.appeal.findUnique({ where: { id: appealId } })).toMatchObject({
      status: 'open',
    });
    expect(await db.answer.findUnique({ where: { id: answerId } })).toMatchObject({
      status: 'rejected',
    });
    expect(await db.payout.count({ where: { answerId } })).toBe(0);
    expect(await advanceAppeal(appealId)).toBe('upheld');
    expect(await db.payout.findMany({ where: { answerId } })).toMatchObject([
      { workerId: worker.workerId },
    ]);
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('who pays', () => {
  it.each([
    ['the gold’s organization, while it is open', false, 'organization_available'],
    ['the platform, once that has closed', true, 'platform_fees'],
  ])('is %s', async (_words, closed, kind) => {
    await strangers(0);
    const { appealId, organization } = await withGoldAppeal();
    const deletedAt = closed ? clock.now() : null;
    await db.organization.update({ where: { id: organization.id }, data: { deletedAt } });
    await advanceAppeal(appealId);
    const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
    await decideReview(await operator(), { reviewId, decision: 'accept' });
    await advanceAppeal(appealId);
    const [posting] = await payingsOf(appealId);
    const payer = posting?.entries.find(({ amount }) => amount < 0n);
    expect(payer?.account.kind).toBe(kind);
    expect(posting?.entries.find(({ account }) => account.kind === 'worker_payable')).toMatchObject(
      { amount: BigInt(COIN_PAYOUT_SATS) },
    );
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is the platform for the re-vote that a gold’s organization has no sats left for', async () => {
    await strangers(2);
    const { appealId } = await withGoldAppeal({ funds: 220 });
    await advanceAppeal(appealId);
    expect((await reVotesOf(appealId)).map(({ task }) => task.heldSats)).toEqual([110n, 0n]);
    await reVote(appealId, ['fake', 'fake']);
    expect(await db.appeal.findUnique({ where: { id: appealId } })).toMatchObject({
      status: 'upheld',
    });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is the platform for re-votes where the organization may spend no more that day', async () => {
    await strangers(2);
    const { appealId, member } = await withGoldAppeal();
    const limits = { maxSpendSatsPerDay: 150, lowBalanceSats: null, version: 0 };
    await setSpendLimits(member, limits);
    await advanceAppeal(appealId);
    expect((await reVotesOf(appealId)).map(({ task }) => task.heldSats)).toEqual([0n, 0n]);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is nobody again for what was paid: an out-voted answer that wins is paid once', async () => {
    await strangers(0);
    const { appealId, answerId } = await outVoted();
    await advanceAppeal(appealId);
    const { id: reviewId } = await db.review.findUniqueOrThrow({ where: { appealId } });
    await decideReview(await operator(), { reviewId, decision: 'accept' });
    expect(await advanceAppeal(appealId)).toBe('upheld');
    expect(await db.payout.count({ where: { answerId } })).toBe(1);
    expect(await payingsOf(appealId)).toEqual([]);
    expect(await brokenInvariants()).toEqual([]);
  });
});
