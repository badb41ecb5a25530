import { randomUUID } from 'node:crypto';
import { adjustAccount, reverseAdjustment } from '@/server/features/adjustments/adjust-account';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { createWorker, workerActor } from './factories';

/** An operator who adjusts accounts of test mode. */
export const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };

/** A worker paid over the sandbox's rail. */
export async function sandboxWorker(
  payoutTiming: 'at_once' | 'on_withdrawal' = 'at_once',
  payoutDestination: string | null = null,
) {
  const { id } = await createWorker({ mode: 'test', rail: 'sandbox', online: false });
  const data = { payoutTiming, payoutDestination };
  return workerActor(await db.worker.update({ where: { id }, data }));
}

/** Adds sats to a worker's account, or takes them from it. */
export const give = (workerId: string, amountSats: number, mode: 'live' | 'test' = 'test') =>
  adjustAccount(operator, {
    ...{ key: randomUUID(), mode, accountKind: 'worker_payable', owner: workerId },
    ...{ amountSats, reason: `${amountSats} for the long day.` },
  });

/** Reverses an adjustment in full. */
export const takeBack = (adjustmentId: string | null | undefined) =>
  reverseAdjustment(operator, {
    ...{ key: randomUUID(), adjustmentId: adjustmentId ?? '', reason: 'It was a mistake.' },
  });

export const payoutsOf = (workerId: string) =>
  db.payout.findMany({ where: { workerId }, orderBy: { id: 'asc' } });

/** Gives sats to a worker; returns the payout's id and the adjustment's. */
export async function givenTo(
  workerId: string,
  amountSats: number,
): Promise<{ id: string; adjustmentId: string }> {
  await give(workerId, amountSats);
  const payout = (await payoutsOf(workerId)).at(-1);
  return { id: payout?.id ?? '', adjustmentId: payout?.adjustmentId ?? '' };
}
