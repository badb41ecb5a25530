import { describe, expect, it } from 'vitest';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { payoutReservation, postAll, workerBalance } from './index';

useTestDatabase();

const mode = 'test' as const;

/** A worker with this payable balance. */
async function workerWith(payoutSats: bigint): Promise<string> {
  const { workerIds } = await createVerifiedTask({ payoutSats });
  return workerIds[0] ?? '';
}

const payableOf = (workerId: string) =>
  workerBalance({ kind: 'worker', workerId, userId: newId(), mode });

describe('several postings of one statement', () => {
  const payableAccount = (workerId: string) =>
    db.account.findFirstOrThrow({
      where: { kind: 'worker_payable', owner: workerId },
      include: { entries: { orderBy: { id: 'asc' } } },
    });
  const reservationOf = (workerId: string, amountSats: bigint) =>
    payoutReservation({ mode, workerId, attemptId: newId(), amountSats });

  it('move a balance by what they come to, and have entries of their own', async () => {
    const [one, other] = [await workerWith(100n), await workerWith(50n)];
    const postings = [
      reservationOf(one, 30n),
      reservationOf(other, 50n),
      reservationOf(one, 70n),
    ] as const;
    const posted = await transaction((tx) => postAll(tx, postings));
    expect(posted).toEqual(new Set(postings.map(({ id }) => id)));
    expect(await payableOf(one)).toEqual({ payableSats: 0, inFlightSats: 100 });
    expect(await payableOf(other)).toEqual({ payableSats: 0, inFlightSats: 50 });
    const { entries } = await payableAccount(one);
    expect(entries.map(({ amount }) => amount)).toEqual([100n, -30n, -70n]);
  });

  it('are made once, however often and in whatever company they are asked for', async () => {
    const workerId = await workerWith(100n);
    const [made, next] = [reservationOf(workerId, 40n), reservationOf(workerId, 60n)];
    expect(await transaction((tx) => postAll(tx, [made]))).toEqual(new Set([made.id]));
    const again = { ...made, id: newId() };
    const twice = { ...next, id: newId() };
    const posted = await transaction((tx) => postAll(tx, [again, next, twice]));
    expect(posted).toEqual(new Set([next.id]));
    expect(await payableOf(workerId)).toEqual({ payableSats: 0, inFlightSats: 100 });
  });

  it('are refused where together they are more than is there', async () => {
    const workerId = await workerWith(100n);
    const postings = [reservationOf(workerId, 60n), reservationOf(workerId, 60n)];
    await expect(transaction((tx) => postAll(tx, postings))).rejects.toThrow(
      'accounts_balance_check',
    );
    expect(await payableOf(workerId)).toEqual({ payableSats: 100, inFlightSats: 0 });
  });
});
