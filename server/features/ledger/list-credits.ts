import { findActorNames } from '@/server/features/organizations';
import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import type { CreditLine } from './schema';

const SHOWN_MAX = 50;

/** An organization's latest operator credits in a mode, with what is left of each. */
export async function listCredits(organizationId: string, mode: Mode): Promise<CreditLine[]> {
  const rows = await db.operatorCredit.findMany({
    where: { organizationId, mode, reverses: null },
    orderBy: { id: 'desc' },
    take: SHOWN_MAX,
  });
  const [taken, names] = await Promise.all([
    db.operatorCredit.groupBy({
      by: ['reverses'],
      where: { reverses: { in: rows.map(({ id }) => id) } },
      _sum: { amountSats: true },
    }),
    findActorNames(rows.map(({ createdBy }) => createdBy)),
  ]);
  const takenOf = new Map(taken.map(({ reverses, _sum }) => [reverses, _sum.amountSats ?? 0n]));
  return rows.map((row) => ({
    id: row.id,
    amountSats: satsToNumber(row.amountSats),
    leftSats: satsToNumber(row.amountSats - (takenOf.get(row.id) ?? 0n)),
    reason: row.reason,
    by: names.get(row.createdBy) ?? row.createdBy,
    createdAt: row.createdAt,
  }));
}
