import type { Task as TaskRow } from '@/prisma/generated/client';

/**
 * A task's hold, as the ledger closes it. Golds, and re-votes on them, are named as such in the
 * statement.
 */
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
