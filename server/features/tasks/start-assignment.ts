import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { findOwnAssignment } from './assignment-queries';
import { lockTask } from './lock-task';
import { activeUntil } from './windows';

/**
 * The worker begins an offered task, and has the full window from here. Beginning twice is fine.
 * @throws NotFound where it is not this worker's.
 */
export async function startAssignment(
  actor: WorkerActor,
  { assignmentId }: { assignmentId: string },
): Promise<void> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  const started = await transaction(async (tx) => {
    const task = await lockTask(tx, own.taskId);
    if (!task) return false;
    const now = clock.now();
    const lapsesAt = activeUntil(now, task);
    const { count } = await tx.assignment.updateMany({
      where: { id: assignmentId, status: 'offered' },
      data: { status: 'active', startedAt: now, lapsesAt },
    });
    if (count === 0) return false;
    await enqueue(tx, [
      {
        topic: 'assignment.started',
        key: assignmentId,
        data: {
          assignmentId,
          taskId: own.taskId,
          workerId: actor.workerId,
          lapsesAt: lapsesAt.toISOString(),
        },
        live: {
          type: 'assignment.started',
          mode: actor.mode,
          taskId: own.taskId,
          workerId: actor.workerId,
        },
      },
    ]);
    return true;
  });
  if (started) kickOutbox();
}
