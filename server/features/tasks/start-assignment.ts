import type { Mode, WorkerActor } from '@/server/platform/actor';
import { atInstant, clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import {
  datedOutboxInsert,
  dateOutboxRow,
  kickOutbox,
  type NewOutboxRow,
} from '@/server/platform/outbox';
import { together } from '@/server/platform/together';
import { findOwnAssignment } from './assignment-queries';
import { lockTasks } from './lock-task';
import { activeUntil } from './windows';

/**
 * Starts an offered task with the full window from now. Idempotent.
 * @throws NotFound if it is not this worker's.
 */
export async function startAssignment(
  actor: WorkerActor,
  { assignmentId }: { assignmentId: string },
): Promise<void> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  await begin(own);
}

/**
 * Starts an offer: this task's, or the one that lapses first.
 * @returns the assignment, or null if there is no such offer.
 */
export async function takeUpOffer(actor: WorkerActor, taskId?: string): Promise<string | null> {
  const offer = await db.assignment.findFirst({
    where: { workerId: actor.workerId, status: 'offered', ...(taskId ? { taskId } : {}) },
    orderBy: { lapsesAt: 'asc' },
  });
  return offer && (await begin(offer)) ? offer.id : null;
}

/** A started assignment with the caller's clock. */
interface Begun {
  id: string;
  taskId: string;
  at: StandingClock | undefined;
}

/** @returns whether it was still an offer. */
async function begin({ id, taskId }: { id: string; taskId: string }): Promise<boolean> {
  const isBegun = await beginTogether({ id, taskId, at: standingClock() });
  if (isBegun) kickOutbox();
  return isBegun;
}

const beginTogether = together(
  (begun: readonly Begun[]) => transaction((tx) => beginAll(tx, begun)),
  // Of two concurrent starts of one offer, the second must see the first.
  { most: 50, atOnce: 2, keyOf: ({ id }) => id },
);

/** Starts offers, each at its own instant. @returns for each whether it was still one. */
async function beginAll(tx: Tx, begun: readonly Begun[]): Promise<boolean[]> {
  const tasks = await lockTasks(
    tx,
    begun.map(({ taskId }) => taskId),
  );
  const rows = begun.flatMap(({ id, taskId, at }) => {
    const task = tasks.get(taskId);
    const now = atInstant(at, () => clock.now());
    return task ? [{ id, now, lapsesAt: activeUntil(now, task) }] : [];
  });
  const started = await tx.$queryRaw<Started[]>`
    UPDATE assignments a SET status = 'active', started_at = b.now, lapses_at = b."lapsesAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           AS b(id uuid, now timestamptz, "lapsesAt" timestamptz)
     WHERE a.id = b.id AND a.status = 'offered'
    RETURNING a.id::text AS id, a.task_id::text AS "taskId", a.worker_id::text AS "workerId", a.mode,
              a.lapses_at AS "lapsesAt"`;
  const startedOf = new Map(started.map((row) => [row.id, row]));
  const told = begun.flatMap(({ id, at }) => {
    const row = startedOf.get(id);
    return row ? [atInstant(at, () => dateOutboxRow(factOf(row)))] : [];
  });
  if (told.length > 0) await tx.$executeRaw(datedOutboxInsert(told));
  return begun.map(({ id }) => startedOf.has(id));
}

interface Started {
  id: string;
  taskId: string;
  workerId: string;
  mode: Mode;
  lapsesAt: Date;
}

function factOf({ id, taskId, workerId, mode, lapsesAt }: Started): NewOutboxRow {
  return {
    topic: 'assignment.started',
    key: id,
    data: { assignmentId: id, taskId, workerId, lapsesAt: lapsesAt.toISOString() },
    live: { type: 'assignment.started', mode, taskId, workerId },
  };
}
