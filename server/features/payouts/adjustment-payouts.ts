import { audit } from '@/server/features/organizations';
import type { Actor, Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { enqueue } from '@/server/platform/outbox';
import { beginningOf, findWorkers } from './paid-worker';

interface Owner {
  workerId: string;
  mode: Mode;
}

/** A locked payout of an adjustment that no open attempt carries. */
export interface UnsentAdjustment {
  id: string;
  adjustmentId: string;
  /** What is left of the adjustment. */
  amountSats: bigint;
}

/**
 * Creates the payout of an operator's adjustment, in the transaction that credits the worker's
 * balance; from then on it is like any other payout.
 * @throws Error if the worker does not exist.
 */
export async function createAdjustmentPayout(
  tx: Tx,
  { workerId, mode, adjustmentId, amountSats }: Owner & Omit<UnsentAdjustment, 'id'>,
): Promise<void> {
  const worker = (await findWorkers(tx, [workerId])).get(workerId);
  if (!worker) throw new Error(`Worker ${workerId}, whose account was adjusted, is not there.`);
  const { status, heldUntil, topic } = beginningOf(worker, amountSats);
  const id = newId();
  const now = clock.now();
  await tx.payout.create({
    data: {
      ...{ id, mode, workerId, adjustmentId, amountSats, status, heldUntil },
      ...{ rail: worker.rail, destination: worker.destination },
      // No task waits for it.
      awaited: false,
      createdAt: now,
      nextAttemptAt: status === 'pending' ? now : null,
    },
  });
  if (topic) await enqueue(tx, [{ topic, key: id, data: { payoutId: id } }]);
}

/**
 * Locks a worker's unsent adjustment payouts, latest first, so that none can be sent until the
 * transaction ends.
 */
export async function lockUnsentAdjustments(
  tx: Tx,
  { workerId, mode }: Owner,
): Promise<UnsentAdjustment[]> {
  const locked = await tx.$queryRaw<UnsentAdjustment[]>`
    SELECT id::text AS id, adjustment_id::text AS "adjustmentId", amount_sats AS "amountSats"
      FROM payouts
     WHERE worker_id = ${workerId}::uuid AND mode = ${mode}::mode AND adjustment_id IS NOT NULL
       AND status IN ('held', 'pending', 'failed')
     ORDER BY id FOR UPDATE`;
  return locked.reverse();
}

/**
 * Takes sats from locked adjustment payouts in order: cancels each, and reduces the last one.
 * Audited for each.
 * @throws Error if their sum is less.
 */
export async function takeFromAdjustments(
  tx: Tx,
  actor: Actor,
  input: { from: readonly UnsentAdjustment[]; amountSats: bigint; reason: string },
): Promise<void> {
  const { from, amountSats, reason } = input;
  let left = amountSats;
  for (const { id, amountSats: had } of from) {
    if (left === 0n) break;
    const isWhole = had <= left;
    const taken = isWhole ? had : left;
    left -= taken;
    const data = isWhole
      ? {
          ...{ status: 'cancelled' as const, nextAttemptAt: null },
          ...{ holdReason: null, failureReason: reason },
        }
      : { amountSats: had - taken };
    await tx.payout.update({ where: { id }, data });
    const facts = { sats: satsToNumber(taken), reason };
    const action = isWhole ? 'payout.cancelled' : 'payout.reduced';
    await audit(tx, actor, action, `payout:${id}`, facts, null);
  }
  if (left > 0n) throw new Error(`${left} sats more were to be taken than adjustments owe.`);
}
