import type { Task as TaskRow, TaskStatus } from '@/prisma/generated/client';
import { Prisma, type Tx } from '@/server/platform/db';
import { isOneOf } from '@/server/platform/sql-lists';
import { togetherIn } from '@/server/platform/together';
import type { EventfulRow } from './render';

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
  t.id::text AS id, t.organization_id::text AS "organizationId", t.type, t.status::text AS status,
  t.votes_wanted AS "votesWanted", t.open_seats AS "openSeats", t.expires_at AS "expiresAt",
  t.sla_seconds AS "slaSeconds", t.reserved_for::text AS "reservedFor"`;

/** The columns of `EventfulTask`, of a row `t` of tasks. */
export const EVENTFUL_COLUMNS = Prisma.sql`
  ${SEAT_COLUMNS}, t.mode::text AS mode, t.sequence, t.output, t.confidence,
  t.confidence_basis::text AS "confidenceBasis", t.votes_accepted AS "votesAccepted", t.dissent,
  t.correction, t.verification, t.held_sats AS "heldSats", t.charged_sats AS "chargedSats",
  t.fee_sats AS "feeSats", t.failure_code AS "failureCode", t.failure_message AS "failureMessage",
  t.assigned_at AS "assignedAt", t.submitted_at AS "submittedAt",
  t.completed_at AS "completedAt", t.updated_at AS "updatedAt"`;

/**
 * Locks a task for the rest of the transaction; several that are locked in the same turn, in the order of
 * their ids. Every use case that touches a task and its assignments locks in this order, task then
 * assignment then worker, so that none can deadlock.
 */
export const lockTask = togetherIn(async (tx, taskIds: readonly string[]) => {
  const rows = await tx.$queryRaw<LockedTask[]>`
    SELECT ${SEAT_COLUMNS} FROM tasks t WHERE t.id ${isOneOf(taskIds)}
     ORDER BY t.id FOR UPDATE`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return taskIds.map((id) => byId.get(id) ?? null);
});

/** A locked task with what its events show of it. */
export type EventfulTask = LockedTask & EventfulRow & Pick<TaskRow, 'status'>;

/** Locks several tasks, in the order of their ids, and reads what their events are made from too. */
export async function lockTasks(
  tx: Tx,
  taskIds: readonly string[],
): Promise<Map<string, EventfulTask>> {
  const rows = await tx.$queryRaw<EventfulTask[]>`
    SELECT ${EVENTFUL_COLUMNS}
      FROM tasks t WHERE t.id ${isOneOf([...new Set(taskIds)])}
     ORDER BY t.id FOR UPDATE`;
  return new Map(rows.map((row) => [row.id, row]));
}
