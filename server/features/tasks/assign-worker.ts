import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { lockTask } from './lock-task';
import { occupied } from './occupied';
import { type MovedTask, recordTaskEvent, transition } from './transition';
import { activeUntil, offeredUntil } from './windows';

export interface AssignWorker {
  taskId: string;
  workerId: string;
  /** `offered`: routing chose the worker, who has a moment to start. `active`: the worker took it. */
  status: 'offered' | 'active';
  /** A backup needs no seat: it works beside the first, and the first valid answer wins. */
  backup: boolean;
  by: string;
}

/**
 * Gives a worker a seat of a task, or a place beside one as backup.
 * @returns the assignment's id, or null where no seat is left, the worker has had this task, or the
 * worker is at capacity, paused for the type, or gone: somebody else won.
 */
export async function assignWorker(tx: Tx, input: AssignWorker): Promise<string | null> {
  const task = await lockTask(tx, input.taskId);
  if (!task || (task.status !== 'posted' && task.status !== 'assigned')) return null;
  const now = clock.now();
  if (task.reservedFor !== null && task.reservedFor !== input.workerId) return null;
  if (task.expiresAt <= now || (!input.backup && task.openSeats <= 0)) return null;
  const worker = await lockFreeWorker(tx, input.workerId, input.taskId);
  if (!worker) return null;
  const assignmentId = newId();
  const window = input.status === 'offered' ? offeredUntil : activeUntil;
  const lapsesAt = window(now, task);
  const data = {
    assignmentId,
    workerId: input.workerId,
    lapsesAt: lapsesAt.toISOString(),
    backup: input.backup,
  };
  const moved = await takeSeat(tx, input, task.status, data);
  if (!moved) return null;
  await tx.assignment.create({
    data: {
      id: assignmentId,
      taskId: input.taskId,
      workerId: input.workerId,
      mode: moved.mode,
      status: input.status,
      backup: input.backup,
      createdAt: now,
      startedAt: input.status === 'active' ? now : null,
      lapsesAt,
    },
  });
  await tx.worker.update({ where: { id: input.workerId }, data: { lastAssignedAt: now } });
  return assignmentId;
}

function takeSeat(
  tx: Tx,
  input: AssignWorker,
  status: 'posted' | 'assigned',
  data: Record<string, string | boolean>,
): Promise<MovedTask | null> {
  const { taskId, by } = input;
  if (input.backup) {
    return recordTaskEvent(tx, {
      taskId,
      by,
      type: 'assignment.joined',
      data,
      where: { status: 'assigned' },
    });
  }
  const where = { openSeats: { gt: 0 } };
  const seat = { openSeats: { decrement: 1 } };
  if (status === 'assigned') {
    return transition(tx, { taskId, by, action: 'join', where, set: seat, data });
  }
  const set = { ...seat, assignedAt: clock.now() };
  return transition(tx, { taskId, by, action: 'assign', where, set, data });
}

/** Locks the worker's row, then counts: two tasks at once cannot both take the last free place. */
async function lockFreeWorker(tx: Tx, workerId: string, taskId: string): Promise<boolean> {
  const [worker] = await tx.$queryRaw<{ capacity: number }[]>`
    SELECT capacity FROM workers WHERE id = ${workerId}::uuid AND status = 'active' FOR UPDATE`;
  if (!worker) return false;
  const [held] = await tx.$queryRaw<{ open: number; had: boolean; paused: boolean }[]>`
    SELECT ${occupied(Prisma.sql`${workerId}::uuid`)} AS open,
           EXISTS (SELECT 1 FROM assignments
                    WHERE task_id = ${taskId}::uuid AND worker_id = ${workerId}::uuid) AS had,
           EXISTS (SELECT 1 FROM skill_pauses p
                     JOIN tasks t ON t.organization_id = p.organization_id AND t.type = p.type
                    WHERE t.id = ${taskId}::uuid AND p.worker_id = ${workerId}::uuid
                      AND p.lifted_at IS NULL) AS paused`;
  return held !== undefined && !held.had && !held.paused && held.open < worker.capacity;
}
