import type { Task as TaskRow, TaskStatus } from '@/prisma/generated/client';
import { Prisma, type Tx } from '@/server/platform/db';
import type { EventfulRow } from './transition';

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

const SEAT_COLUMNS = Prisma.sql`
  id, organization_id::text AS "organizationId", type, status::text AS status,
  votes_wanted AS "votesWanted", open_seats AS "openSeats", expires_at AS "expiresAt",
  sla_seconds AS "slaSeconds", reserved_for AS "reservedFor"`;

/**
 * Locks a task for the rest of the transaction. Every use case that touches a task and its
 * assignments locks in this order, task then assignment then worker, so that none can deadlock.
 */
export async function lockTask(tx: Tx, taskId: string): Promise<LockedTask | null> {
  const [row] = await tx.$queryRaw<LockedTask[]>`
    SELECT ${SEAT_COLUMNS} FROM tasks WHERE id = ${taskId}::uuid FOR UPDATE`;
  return row ?? null;
}

/** A locked task with what its events show of it. */
export type EventfulTask = LockedTask & EventfulRow & Pick<TaskRow, 'status'>;

/** Locks several tasks, in the order of their ids, and reads what their events are made from too. */
export async function lockTasks(
  tx: Tx,
  taskIds: readonly string[],
): Promise<Map<string, EventfulTask>> {
  const rows = await tx.$queryRaw<EventfulTask[]>`
    SELECT ${SEAT_COLUMNS}, mode::text AS mode, sequence, output, confidence,
           confidence_basis::text AS "confidenceBasis", votes_accepted AS "votesAccepted", dissent,
           correction, verification, held_sats AS "heldSats", charged_sats AS "chargedSats",
           fee_sats AS "feeSats", failure_code AS "failureCode", failure_message AS "failureMessage",
           assigned_at AS "assignedAt", submitted_at AS "submittedAt",
           completed_at AS "completedAt", updated_at AS "updatedAt"
      FROM tasks WHERE id = ANY(${[...new Set(taskIds)]}::uuid[])
     ORDER BY id FOR UPDATE`;
  return new Map(rows.map((row) => [row.id, row]));
}
