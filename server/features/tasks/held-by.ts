import type { Task as TaskRow } from '@/prisma/generated/client';

/** A task's hold as the ledger closes it. A gold's, and that of a re-vote on one, goes by that word in the statement. */
export function heldBy(
  row: Pick<TaskRow, 'id' | 'mode' | 'organizationId' | 'heldSats' | 'reservedFor'>,
) {
  const { id: taskId, mode, organizationId, heldSats, reservedFor } = row;
  return { taskId, mode, organizationId, heldSats, isGold: reservedFor !== null };
}
