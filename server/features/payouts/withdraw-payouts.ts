import type { Mode, WorkerActor } from '@/server/platform/actor';
import { db, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { AddressUnconfirmed } from './errors';
import { mayBePaid } from './may-be-paid';
import { releasePayouts } from './transition';

/** Payouts one call sends on; more than anybody keeps, and few enough for one transaction. */
const PAYOUTS_MAX = 5_000;

/**
 * Sends everything that is kept for the worker, and tries again what a rail gave up, to the
 * destination the worker has now. Safe to say twice: each payout is released once, and a call that
 * finds nothing left releases nothing.
 * @throws AddressUnconfirmed 409
 */
export async function withdrawPayouts(
  actor: WorkerActor,
): Promise<{ payouts: number; amountSats: number }> {
  const released = await transaction(async (tx) => {
    if (!(await isConfirmed(tx, actor))) throw new AddressUnconfirmed();
    return sendKept(tx, actor);
  });
  kickOutbox();
  return {
    payouts: released.length,
    amountSats: released.reduce((sum, { amountSats }) => sum + satsToNumber(amountSats), 0),
  };
}

/** Releases what a worker keeps, and has it sent after the commit. */
export async function sendKept(
  tx: Tx,
  { workerId, mode }: Pick<WorkerActor, 'workerId' | 'mode'>,
): Promise<{ id: string; amountSats: bigint }[]> {
  const payouts = await releasePayouts(tx, { workerId, mode, limit: PAYOUTS_MAX });
  const withdrawalId = newId();
  await enqueue(
    tx,
    payouts.map(({ id }) => ({
      topic: 'payout.released',
      key: `${id}:${withdrawalId}`,
      data: { payoutId: id },
    })),
  );
  return payouts;
}

/** Whether sats may leave for the worker. */
export async function isConfirmed(tx: Tx, { workerId }: { workerId: string }): Promise<boolean> {
  const worker = await tx.worker.findUnique({
    where: { id: workerId },
    select: { user: { select: { emailConfirmedAt: true } } },
  });
  return worker !== null && mayBePaid(worker);
}

/** Workers of one sweep; the next minute takes more. */
const WORKERS_MAX = 100;

/**
 * Sends what was kept only until a worker confirmed the address; who withdraws by themselves keeps it.
 * @returns how many payouts that released.
 */
export async function sendConfirmed(): Promise<number> {
  const workers = await db.$queryRaw<{ workerId: string; mode: Mode }[]>`
    SELECT DISTINCT w.id AS "workerId", w.mode::text AS mode
      FROM payouts p JOIN workers w ON w.id = p.worker_id LEFT JOIN users u ON u.id = w.user_id
     WHERE p.status = 'held' AND p.hold_reason IS NULL AND w.payout_timing = 'at_once'
       AND (u.id IS NULL OR u.email_confirmed_at IS NOT NULL)
     LIMIT ${WORKERS_MAX}`;
  let released = 0;
  for (const worker of workers) {
    released += (await transaction((tx) => sendKept(tx, worker))).length;
  }
  kickOutbox();
  return released;
}
