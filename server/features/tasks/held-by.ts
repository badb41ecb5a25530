import type { Task as TaskRow } from '@/prisma/generated/client';

/** A task's hold as the ledger closes it. A gold's, and that of a re-vote on one, goes by that word in the statement. */
export function heldBy(
  row: Pick<
    TaskRow,
    'id' | 'mode' | 'organizationId' | 'heldSats' | 'reservedFor' | 'createdAt' | 'createdBy'
  >,
) {
  const { id: taskId, mode, organizationId, heldSats, reservedFor, createdAt, createdBy } = row;
  const isGold = reservedFor !== null;
  return { taskId, mode, organizationId, heldSats, isGold, createdAt, createdBy };
}
