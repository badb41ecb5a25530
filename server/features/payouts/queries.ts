import type { Payout, Prisma } from '@/prisma/generated/client';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { type Page, pageOf } from '@/server/platform/page';
import { ListPayoutsQuery, type WorkerPayout } from './schema';

/** The payouts visible to a worker: their own. */
function visibleTo(actor: WorkerActor): Prisma.PayoutWhereInput {
  return { workerId: actor.workerId, mode: actor.mode };
}

/** A page of the worker's payouts, newest first. */
export async function listPayouts(
  actor: WorkerActor,
  query: ListPayoutsQuery = {},
): Promise<Page<WorkerPayout>> {
  const { limit, cursor, after = cursor } = ListPayoutsQuery.parse(query);
  const rows = await db.payout.findMany({
    where: { ...visibleTo(actor), ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: { attempt: true, adjustment: { select: { reason: true } } },
  });
  return pageOf(rows, limit, (row) => ({
    id: row.id,
    taskId: row.taskId,
    reason: row.adjustment?.reason ?? null,
    amountSats: satsToNumber(row.amountSats),
    rail: row.rail,
    status: row.status,
    failureReason: failureReasonOf(row),
    feeSats: row.status === 'paid' ? satsToNumber(row.attempt?.feeSats ?? 0n) : 0,
    preimage: row.attempt?.preimage ?? null,
    createdAt: row.createdAt,
    paidAt: row.paidAt,
  }));
}

type Reasons = Pick<Payout, 'status' | 'holdReason' | 'failureReason'>;

function failureReasonOf({ status, holdReason, failureReason }: Reasons): string | null {
  if (holdReason !== null) return `Held back by an operator: ${holdReason}`;
  return status === 'cancelled' ? `Reversed by the operator: ${failureReason}` : failureReason;
}

/** Sats paid to a worker since `since`, or in total. */
export async function paidSats(actor: WorkerActor, since?: Date): Promise<number> {
  const { _sum } = await db.payout.aggregate({
    where: { ...visibleTo(actor), status: 'paid', ...(since ? { paidAt: { gte: since } } : {}) },
    _sum: { amountSats: true },
  });
  return satsToNumber(_sum.amountSats ?? 0n);
}
