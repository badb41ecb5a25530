import type { Assignment, AssignmentStatus } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import { type Pace, paceOf, satsPerHourAt } from '@/server/features/workers';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { formSchemaOf } from '@/server/platform/json-schema';
import { satsToNumber } from '@/server/platform/money';

/** A task as its worker sees it: without its customer and the agent's guess. */
export interface WorkerTask {
  id: string;
  type: string;
  title: string;
  instructions: string;
  payload: Record<string, unknown>;
  /** The type's display hints for payload fields. */
  payloadUi: Record<string, unknown>;
  /** Normalised for rendering. */
  outputSchema: Record<string, unknown>;
  payoutSats: number;
  createdAt: Date;
  expiresAt: Date;
}

export interface WorkerAssignment {
  id: string;
  status: AssignmentStatus;
  backup: boolean;
  createdAt: Date;
  startedAt: Date | null;
  lapsesAt: Date;
  releaseReason: string | null;
  /** When the answer is submitted automatically; null without one in its undo window. */
  submitsAt: Date | null;
  /** Typical duration and hourly earnings; null with too few answers. */
  pace: (Pace & { satsPerHour: number }) | null;
  task: WorkerTask;
}

/** Returns an assignment if it is this worker's, else null. */
export async function findOwnAssignment(
  actor: WorkerActor,
  assignmentId: string,
): Promise<Assignment | null> {
  if (!isUuid(assignmentId)) return null;
  return db.assignment.findFirst({ where: { id: assignmentId, workerId: actor.workerId } });
}

/**
 * An assignment with everything needed to answer it.
 * @throws NotFound if it is not this worker's.
 */
export async function getAssignment(
  actor: WorkerActor,
  assignmentId: string,
): Promise<WorkerAssignment> {
  const row = isUuid(assignmentId)
    ? await db.assignment.findFirst({
        where: { id: assignmentId, workerId: actor.workerId },
        include: { task: true, draft: { select: { submitsAt: true } } },
      })
    : null;
  if (!row) throw new NotFound('assignment', assignmentId);
  const { task } = row;
  const type = await resolveTaskType(task);
  const payoutSats = satsToNumber(task.payoutSats);
  const pace = (await paceOf(actor, [task]))(task);
  return {
    id: row.id,
    status: row.status,
    backup: row.backup,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    lapsesAt: row.lapsesAt,
    releaseReason: row.releaseReason,
    submitsAt: row.draft?.submitsAt ?? null,
    pace: pace && { ...pace, satsPerHour: satsPerHourAt(pace, payoutSats) },
    task: {
      id: task.id,
      type: task.type,
      title: type?.title ?? task.type,
      instructions: task.instructions || (type?.instructions ?? ''),
      payload: task.payload as Record<string, unknown>,
      payloadUi: type?.payloadUi ?? {},
      outputSchema: await formSchemaOf(task.outputSchema as Record<string, unknown>),
      payoutSats,
      createdAt: task.createdAt,
      expiresAt: task.expiresAt,
    },
  };
}

/** The worker's open assignments, oldest first, with their pace. */
export async function listAssignments(actor: WorkerActor) {
  const rows = await db.assignment.findMany({
    where: { workerId: actor.workerId, status: { in: ['offered', 'active'] } },
    orderBy: { id: 'asc' },
    include: {
      task: {
        select: { id: true, organizationId: true, type: true, payoutSats: true, expiresAt: true },
      },
      draft: { select: { submitsAt: true } },
    },
  });
  const paceFor = await paceOf(
    actor,
    rows.map((row) => row.task),
  );
  return rows.map((row) => {
    // Workers do not see whose task it is.
    const { organizationId: _, ...task } = row.task;
    const payoutSats = satsToNumber(task.payoutSats);
    const pace = paceFor(row.task);
    return {
      id: row.id,
      status: row.status,
      backup: row.backup,
      createdAt: row.createdAt,
      startedAt: row.startedAt,
      lapsesAt: row.lapsesAt,
      /** When the answer is submitted automatically; null without one in its undo window. */
      submitsAt: row.draft?.submitsAt ?? null,
      pace: pace && { ...pace, satsPerHour: satsPerHourAt(pace, payoutSats) },
      task: { ...task, payoutSats },
    };
  });
}
