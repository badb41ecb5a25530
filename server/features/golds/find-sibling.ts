import type { Task } from '@/prisma/generated/client';
import { takeable } from '@/server/features/routing';
import { SOWING } from '@/server/features/verification';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

export type AnsweredTask = Omit<Task, 'payload'>;

/** The task that a gold is to look like, and when the gold is to have been asked. */
export interface Siblinghood {
  sibling: AnsweredTask;
  createdAt: Date;
}

/**
 * Where the worker's queue holds tasks of the same organization and type, the gold is dated beside the
 * most urgent of them that has time left, so that it is not the one that came just after an answer.
 * Where it holds none, the gold is a new task, in the shape of the one that was answered.
 */
export async function findSibling(
  tx: Tx,
  workerId: string,
  answered: AnsweredTask,
): Promise<Siblinghood> {
  const now = clock.now();
  // In the crowd nobody guesses which task is a gold, and nothing may be left to chance.
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

/** Sats count on the day a task was created, so none is dated into a day that is over. */
function dateBeside(createdAt: Date, now: Date): Date {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  if (createdAt.getTime() < midnight) return now;
  const apart = Math.round((Math.random() * 2 - 1) * SOWING.datedApartMs);
  return new Date(Math.min(now.getTime(), Math.max(midnight, createdAt.getTime() + apart)));
}
