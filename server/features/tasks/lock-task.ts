import type { TaskStatus } from '@/prisma/generated/client';
import type { Tx } from '@/server/platform/db';

/** What decides about a task's seats, read under its lock. */
export interface LockedTask {
  id: string;
  organizationId: string;
  type: string;
  status: TaskStatus;
  votesWanted: number;
  openSeats: number;
  expiresAt: Date;
  slaSeconds: number;
  /** The one worker whom a gold or a re-vote is for; null where the task is for everybody. */
  reservedFor: string | null;
}

/**
 * Locks a task for the rest of the transaction. Every use case that touches a task and its
 * assignments locks in this order, task then assignment then worker, so that none can deadlock.
 */
export async function lockTask(tx: Tx, taskId: string): Promise<LockedTask | null> {
  const [row] = await tx.$queryRaw<LockedTask[]>`
    SELECT id, organization_id::text AS "organizationId", type, status::text AS status, votes_wanted AS "votesWanted", open_seats AS "openSeats",
           expires_at AS "expiresAt", sla_seconds AS "slaSeconds",
           reserved_for AS "reservedFor"
      FROM tasks WHERE id = ${taskId}::uuid FOR UPDATE`;
  return row ?? null;
}
