import type { Task } from '@/prisma/generated/client';
import { takeable } from '@/server/features/routing';
import { SOWING } from '@/server/features/verification';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

export type AnsweredTask = Omit<Task, 'payload'>;

/** The task a gold should resemble, and the creation time it should carry. */
export interface Siblinghood {
  sibling: AnsweredTask;
  createdAt: Date;
}

/**
 * If the worker's queue holds tasks of the same organization and type, the gold is dated next to
 * the most urgent one with time left, so that it is not recognizable as the task that appeared
 * right after an answer. Otherwise the gold is a new task shaped like the answered one.
 */
export async function findSibling(
  tx: Tx,
  workerId: string,
  answered: AnsweredTask,
): Promise<Siblinghood> {
  const now = clock.now();
  // The scripted crowd must be deterministic, and does not guess which task is a gold.
  if (answered.crowdSeats !== null) return { sibling: answered, createdAt: now };
  const worker: WorkerActor = { kind: 'worker', workerId, userId: '', mode: answered.mode };
  const [open] = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t
     WHERE ${takeable(worker, now)} AND t.reserved_for IS NULL
       AND t.organization_id = ${answered.organizationId}::uuid AND t.type = ${answered.type}
       AND t.expires_at - make_interval(secs => t.sla_seconds * ${SOWING.timeLeftMin}::float8) > ${now}
     ORDER BY t.expires_at LIMIT 1`;
  if (!open) return { sibling: answered, createdAt: now };
  const sibling = await tx.task.findUniqueOrThrow({
    where: { id: open.id },
    omit: { payload: true },
  });
  return { sibling, createdAt: dateBeside(sibling.createdAt, now) };
}

/** Spending counts on a task's creation day, so none is dated into a past day. */
function dateBeside(createdAt: Date, now: Date): Date {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  if (createdAt.getTime() < midnight) return now;
  const apart = Math.round((Math.random() * 2 - 1) * SOWING.datedApartMs);
  return new Date(Math.min(now.getTime(), Math.max(midnight, createdAt.getTime() + apart)));
}
