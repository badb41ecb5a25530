import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { enqueue } from '@/server/platform/outbox';

/**
 * Ends what is still open on a task that has ended: its assignments are released with the reason
 * the worker reads, and answers nobody judged are superseded. Each worker is told.
 */
export async function endOpenAssignments(tx: Tx, taskId: string, reason: string): Promise<void> {
  const now = clock.now();
  const ended = await tx.assignment.updateManyAndReturn({
    where: { taskId, status: { in: ['offered', 'active'] } },
    data: { status: 'released', endedAt: now, releaseReason: reason },
  });
  await tx.answer.updateMany({
    where: { taskId, status: 'pending' },
    data: { status: 'superseded', judgedAt: now },
  });
  if (ended.length === 0) return;
  await enqueue(
    tx,
    ended.map((assignment) => ({
      topic: 'assignment.ended',
      key: assignment.id,
      data: { assignmentId: assignment.id, workerId: assignment.workerId, taskId },
      live: {
        type: 'assignment.ended',
        mode: assignment.mode,
        taskId,
        workerId: assignment.workerId,
      },
    })),
  );
}
