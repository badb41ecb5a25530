import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { enqueue } from '@/server/platform/outbox';
import { togetherIn } from '@/server/platform/together';

interface Ended {
  id: string;
  taskId: string;
  workerId: string;
  mode: Mode;
}

/**
 * Closes an ended task's open work: releases its assignments with a reason for the worker,
 * supersedes unjudged answers, and voids reviews. Notifies each worker.
 */
export async function endOpenWork(tx: Tx, taskId: string, reason: string): Promise<void> {
  const ended = await endAll(tx, { id: taskId, now: clock.now(), reason });
  await enqueue(
    tx,
    ended.map(({ id, workerId, mode }) => ({
      topic: 'assignment.ended',
      key: id,
      data: { assignmentId: id, workerId, taskId },
      live: { type: 'assignment.ended', mode, taskId, workerId },
    })),
  );
}

/** The same for several tasks in one statement. */
const endAll = togetherIn(
  async (tx, tasks: readonly { id: string; now: Date; reason: string }[]) => {
    const ended = await tx.$queryRaw<Ended[]>`
    WITH over AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb)
               AS o(id uuid, now timestamptz, reason text)
    ), superseded AS (
      UPDATE answers n SET status = 'superseded', judged_at = over.now FROM over
       WHERE n.task_id = over.id AND n.status = 'pending'
    ), unreviewed AS (
      UPDATE reviews r SET status = 'void' FROM over
       WHERE r.task_id = over.id AND r.blocking AND r.status = 'open'
    )
    UPDATE assignments a SET status = 'released', ended_at = over.now, release_reason = over.reason
      FROM over
     WHERE a.task_id = over.id AND a.status IN ('offered', 'active')
    RETURNING a.id::text AS id, a.task_id::text AS "taskId", a.worker_id::text AS "workerId",
              a.mode::text AS mode`;
    return tasks.map(({ id }) => ended.filter(({ taskId }) => taskId === id));
  },
);
