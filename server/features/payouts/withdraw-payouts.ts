import type { Mode, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { readInvoice } from '@/server/platform/lightning';
import { satsToNumber } from '@/server/platform/money';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { AddressUnconfirmed, PayoutsHeld, TooLittleToSend, UnusableInvoice } from './errors';
import { mayBePaid } from './may-be-paid';
import { LIGHTNING } from './rails/local-rails';
import { invoiceFault } from './rails/prepare-invoice';
import { hasLightning } from './rails/registry';
import { WithdrawPayouts } from './schema';
import { type Released, type ReleaseTo, releasePayouts } from './transition';

/**
 * Sends all held payouts and retries failed ones, to the worker's current destination or to an
 * invoice for exactly that amount. Idempotent: each payout is released once.
 * @throws AddressUnconfirmed, PayoutsHeld, TooLittleToSend 409; UnusableInvoice 422
 */
export async function withdrawPayouts(
  actor: WorkerActor,
  input: WithdrawPayouts = {},
): Promise<{ payouts: number; amountSats: number }> {
  const { invoice } = WithdrawPayouts.parse(input);
  const to = invoice === undefined ? null : await destinationOf(actor, invoice);
  const released = await transaction(async (tx) => {
    await assertWithdraws(tx, actor, to !== null);
    const sent = await sendKept(tx, { ...actor, ...(to ? { to } : {}) });
    if (to && sent.length > 0) assertAmount(to.destination, sumOf(sent));
    return sent;
  });
  kickOutbox();
  return { payouts: released.length, amountSats: satsToNumber(sumOf(released)) };
}

const sumOf = (payouts: readonly Released[]) =>
  payouts.reduce((sum, { amountSats }) => sum + amountSats, 0n);

async function destinationOf({ mode }: WorkerActor, text: string): Promise<ReleaseTo> {
  const invoice = readInvoice(text);
  if (!invoice) {
    throw new UnusableInvoice('This is not a Lightning invoice. Copy it again from your wallet.');
  }
  if (mode !== 'live') throw new UnusableInvoice('Play sats cannot pay an invoice.');
  if (!(await hasLightning())) {
    throw new UnusableInvoice('No Lightning rail is set up on this instance.');
  }
  return { rail: LIGHTNING, destination: invoice.text };
}

/** All held payouts go to one invoice, so it must be for their sum. */
function assertAmount(destination: string, amountSats: bigint): void {
  const invoice = readInvoice(destination);
  const fault = invoice && invoiceFault(invoice, amountSats);
  if (fault) throw new UnusableInvoice(fault);
}

/** Releases a worker's held payouts, to be sent after the commit. */
export async function sendKept(
  tx: Tx,
  input: Pick<WorkerActor, 'workerId' | 'mode'> & {
    to?: ReleaseTo;
    /** Only if they reach the worker's threshold. */
    onlyIfEnough?: boolean;
  },
): Promise<Released[]> {
  const { workerId, mode, to, onlyIfEnough = false } = input;
  if (onlyIfEnough && !(await comesToEnough(tx, workerId))) return [];
  const payouts = await releasePayouts(tx, { workerId, mode, ...(to ? { to } : {}) });
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

/** Whether the worker may be paid. */
export async function isConfirmed(tx: Tx, { workerId }: { workerId: string }): Promise<boolean> {
  const worker = await tx.worker.findUnique({
    where: { id: workerId },
    select: { user: { select: { emailConfirmedAt: true } } },
  });
  return worker !== null && mayBePaid(worker);
}

/** An invoice is a change of destination, so the hold after a change applies to it as well. */
async function assertWithdraws(tx: Tx, actor: WorkerActor, isInvoice: boolean): Promise<void> {
  if (!(await isConfirmed(tx, actor))) throw new AddressUnconfirmed();
  const worker = await tx.worker.findUniqueOrThrow({ where: { id: actor.workerId } });
  const { payoutsHeldUntil, payoutMinSats } = worker;
  if (payoutsHeldUntil !== null && payoutsHeldUntil > clock.now()) {
    throw new PayoutsHeld(payoutsHeldUntil);
  }
  if (isInvoice) return;
  const keptSats = await sumKept(tx, actor.workerId);
  if (keptSats > 0n && keptSats < payoutMinSats) throw new TooLittleToSend(payoutMinSats);
}

async function sumKept(tx: Tx, workerId: string): Promise<bigint> {
  const { _sum } = await tx.payout.aggregate({
    where: {
      ...{ workerId, status: { in: ['held', 'failed'] }, holdReason: null },
      OR: [{ heldUntil: null }, { heldUntil: { lte: clock.now() } }],
    },
    _sum: { amountSats: true },
  });
  return _sum.amountSats ?? 0n;
}

/** Workers per sweep; the next minute continues. */
const WORKERS_MAX = 100;

/** Workers whose held payouts are sent automatically and have reached their threshold. */
function enoughSql(of: Prisma.Sql): Prisma.Sql {
  const now = clock.now();
  return Prisma.sql`
    SELECT w.id::text AS "workerId", w.mode::text AS mode
      FROM payouts p JOIN workers w ON w.id = p.worker_id LEFT JOIN users u ON u.id = w.user_id
     WHERE p.status = 'held' AND p.hold_reason IS NULL AND ${of}
       AND (p.held_until IS NULL OR p.held_until <= ${now})
       AND w.payout_timing <> 'on_withdrawal'
       AND (w.payouts_held_until IS NULL OR w.payouts_held_until <= ${now})
       AND (w.payout_rail <> ${LIGHTNING} OR w.payout_destination IS NOT NULL)
       AND (u.id IS NULL OR u.email_confirmed_at IS NOT NULL)
     GROUP BY w.id
    HAVING sum(p.amount_sats) >= greatest(w.payout_min_sats,
             CASE WHEN w.payout_timing = 'at_threshold' THEN w.payout_threshold_sats END)
     LIMIT ${WORKERS_MAX}`;
}

async function comesToEnough(tx: Tx, workerId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(enoughSql(Prisma.sql`w.id = ${workerId}::uuid`));
  return rows.length === 1;
}

/**
 * Sends payouts that were held until a worker confirmed the address, a hold ended, or the threshold
 * was reached; not those that wait for a withdrawal.
 * @returns the number of payouts released.
 */
export async function sendGathered(): Promise<number> {
  const workers = await db.$queryRaw<{ workerId: string; mode: Mode }[]>(
    enoughSql(Prisma.sql`true`),
  );
  let released = 0;
  for (const worker of workers) {
    released += (await transaction((tx) => sendKept(tx, worker))).length;
  }
  kickOutbox();
  return released;
}

/** Sends the held payouts of a payout's worker, if they reach the threshold. */
export async function gatherPayouts(payoutId: string): Promise<number> {
  const payout = await db.payout.findUnique({ where: { id: payoutId } });
  if (!payout) return 0;
  const { workerId, mode } = payout;
  const sent = await transaction((tx) => sendKept(tx, { workerId, mode, onlyIfEnough: true }));
  kickOutbox();
  return sent.length;
}
