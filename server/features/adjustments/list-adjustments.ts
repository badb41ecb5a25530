import { findActorNames } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { type Page, pageOf } from '@/server/platform/page';
import { assertOperator } from './access';
import type { AdjustedKind, AdjustmentLine, ListAdjustments } from './schema';

const LINES = 50;

/**
 * Adjustments in the actor's mode, newest first.
 * @throws Forbidden unless the actor is an operator.
 */
export async function listAdjustments(
  actor: Actor,
  { owner, accountKind, after }: ListAdjustments,
): Promise<Page<AdjustmentLine>> {
  const { mode } = assertOperator(actor);
  const rows = await db.ledgerAdjustment.findMany({
    where: {
      mode,
      ...(owner ? { owner } : {}),
      ...(accountKind ? { accountKind } : {}),
      ...(after ? { id: { lt: after } } : {}),
    },
    orderBy: { id: 'desc' },
    take: LINES + 1,
    include: { payout: true },
  });
  const owners = [...new Set(rows.map((row) => row.owner))];
  const [reversals, actors, organizations, workers] = await Promise.all([
    db.ledgerAdjustment.findMany({
      where: { reverses: { in: rows.map(({ id }) => id) } },
      select: { reverses: true },
    }),
    findActorNames(rows.map(({ createdBy }) => createdBy)),
    db.organization.findMany({ where: { id: { in: owners } }, select: { id: true, name: true } }),
    db.worker.findMany({
      where: { id: { in: owners } },
      select: { id: true, displayName: true },
    }),
  ]);
  const reversed = new Set(reversals.map(({ reverses }) => reverses));
  const names = new Map([
    ...organizations.map(({ id, name }) => [id, name] as const),
    ...workers.map(({ id, displayName }) => [id, displayName] as const),
  ]);
  return pageOf(rows, LINES, (row) => ({
    id: row.id,
    accountKind: row.accountKind as AdjustedKind,
    owner: row.owner,
    ownerName: names.get(row.owner) ?? row.owner,
    amountSats: satsToNumber(row.amountSats),
    reason: row.reason,
    reverses: row.reverses,
    isReversed: reversed.has(row.id),
    payout: row.payout && {
      id: row.payout.id,
      status: row.payout.status,
      leftSats: row.payout.status === 'cancelled' ? 0 : satsToNumber(row.payout.amountSats),
    },
    by: actors.get(row.createdBy) ?? row.createdBy,
    createdAt: row.createdAt,
  }));
}
