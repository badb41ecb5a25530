import { audit } from '@/server/features/organizations';
import { type GoldFault, withdrawGold } from '@/server/features/verification';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

/**
 * Retires a gold that was found wrong: it is asked no more, its answers are evidence no more, and the
 * organization reads why in its audit log and beside the gold, where it can be brought back.
 * @param facts What the audit log says besides.
 * @returns the tasks by which workers are still to be asked it, for the caller to withdraw; null where it
 * had been found wrong before.
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

/** The tasks by which workers are asked a gold, and that have not ended. */
export async function findWaiting(tx: Tx, goldId: string): Promise<string[]> {
  const rows = await tx.task.findMany({
    where: { goldId, completedAt: null },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
