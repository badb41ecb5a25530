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

/** A payout of an adjustment that no open attempt carries, with its row locked. */
export interface UnsentAdjustment {
  id: string;
  adjustmentId: string;
  /** What is left of the adjustment. */
  amountSats: bigint;
}

/**
 * Writes down what an operator's adjustment owes to a worker, in the transaction that adds it to the worker's
 * balance; from then on it is a payout like those of answers.
 * @throws Error where the worker does not exist.
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
 * Locks what of a worker's adjustments is owed and not on its way, the latest first. From then on until the
 * transaction ends none of it can be sent.
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
 * Takes sats from payouts of adjustments that this transaction has locked, the first ones first: each is
 * cancelled, and the last one where more is left of it is made smaller. Written to the audit log of each.
 * @throws Error where they come to less.
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
