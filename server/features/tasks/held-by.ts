import type { Task as TaskRow } from '@/prisma/generated/client';

/** A task's hold as the ledger closes it. A gold's goes by that word in the statement. */
export function heldBy(
  row: Pick<TaskRow, 'id' | 'mode' | 'organizationId' | 'heldSats' | 'goldId'>,
) {
  const { id: taskId, mode, organizationId, heldSats, goldId } = row;
  return { taskId, mode, organizationId, heldSats, isGold: goldId !== null };
}
