import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { enqueue } from '@/server/platform/outbox';

/**
 * Ends what is still open on a task that has ended: its assignments are released with the reason
 * the worker reads, and answers nobody judged are superseded. Each worker is told.
 */
export async function endOpenAssignments(tx: Tx, taskId: string, reason: string): Promise<void> {
  const now = clock.now();
  const ended = await tx.$queryRaw<{ id: string; workerId: string; mode: Mode }[]>`
    WITH superseded AS (
      UPDATE answers SET status = 'superseded', judged_at = ${now}
       WHERE task_id = ${taskId}::uuid AND status = 'pending'
    )
    UPDATE assignments SET status = 'released', ended_at = ${now}, release_reason = ${reason}
     WHERE task_id = ${taskId}::uuid AND status IN ('offered', 'active')
    RETURNING id::text AS id, worker_id::text AS "workerId", mode::text AS mode`;
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
