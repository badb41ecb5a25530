import { audit } from '@/server/features/organizations';
import { type GoldFault, withdrawGold } from '@/server/features/verification';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

/**
 * Withdraws a gold that turned out to be wrong: it is no longer asked, its answers no longer count,
 * and the organization sees the reason in its audit log and on the gold, where it can be restored.
 * @param facts Additional facts for the audit log.
 * @returns the open tasks that ask it, for the caller to withdraw; null if it was already
 * withdrawn.
 */
export async function retireGold(
  tx: Tx,
  goldId: string,
  fault: GoldFault,
  facts: Record<string, unknown> = {},
): Promise<string[] | null> {
  const gold = await tx.gold.findUniqueOrThrow({ where: { id: goldId } });
  const { count } = await tx.gold.updateMany({
    where: { id: goldId, retiredFor: null },
    data: { retiredAt: gold.retiredAt ?? clock.now(), retiredFor: fault },
  });
  if (count === 0) return null;
  await withdrawGold(tx, gold, true);
  const { type, organizationId } = gold;
  const told = { type, because: fault, ...facts };
  await audit(tx, SYSTEM, 'gold.retired_itself', `gold:${goldId}`, told, organizationId);
  return findWaiting(tx, goldId);
}

/** The open tasks that ask a gold. */
export async function findWaiting(tx: Tx, goldId: string): Promise<string[]> {
  const rows = await tx.task.findMany({
    where: { goldId, completedAt: null },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
