import type { TaskStatus } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
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
  const { workerId, ...seat } = input;
  const [id = null] = await assignWorkers(tx, { ...seat, workerIds: [workerId] });
  return id;
}

/**
 * The same for several workers, each in its turn, as far as there are seats.
 * @returns the ids of the assignments made.
 */
export async function assignWorkers(
  tx: Tx,
  { workerIds, ...input }: Omit<AssignWorker, 'workerId'> & { workerIds: readonly string[] },
): Promise<string[]> {
  const task = await lockTask(tx, input.taskId);
  if (!task || (task.status !== 'posted' && task.status !== 'assigned')) return [];
  const now = clock.now();
  if (task.expiresAt <= now || (!input.backup && task.openSeats <= 0)) return [];
  const allowed = workerIds.filter((id) => task.reservedFor === null || id === task.reservedFor);
  const free = await lockFreeWorkers(tx, allowed, input.taskId);
  const window = input.status === 'offered' ? offeredUntil : activeUntil;
  const lapsesAt = window(now, task);
  const made: { id: string; workerId: string; mode: Mode }[] = [];
  let { status } = task;
  for (const workerId of allowed.filter((id) => free.has(id))) {
    const id = newId();
    const data = {
      assignmentId: id,
      workerId,
      lapsesAt: lapsesAt.toISOString(),
      backup: input.backup,
    };
    const moved = await takeSeat(tx, input, status, data);
    if (!moved) break;
    status = 'assigned';
    made.push({ id, workerId, mode: moved.mode });
  }
  if (made.length > 0) await insertAssignments(tx, input, made, { now, lapsesAt });
  return made.map(({ id }) => id);
}

async function insertAssignments(
  tx: Tx,
  { taskId, status, backup }: Pick<AssignWorker, 'taskId' | 'status' | 'backup'>,
  made: readonly { id: string; workerId: string; mode: Mode }[],
  { now, lapsesAt }: { now: Date; lapsesAt: Date },
): Promise<void> {
  const workerIds = made.map(({ workerId }) => workerId);
  await tx.$executeRaw`
    WITH assigned AS (
      INSERT INTO assignments (id, task_id, worker_id, mode, status, backup, created_at, started_at,
                               lapses_at)
      SELECT id, ${taskId}::uuid, worker_id, ${made[0]?.mode}::mode, ${status}::assignment_status,
             ${backup}, ${now}, ${status === 'active' ? now : null}::timestamptz, ${lapsesAt}
        FROM unnest(${made.map(({ id }) => id)}::uuid[], ${workerIds}::uuid[]) AS a(id, worker_id)
    )
    UPDATE workers SET last_assigned_at = ${now} WHERE id = ANY(${workerIds}::uuid[])`;
}

function takeSeat(
  tx: Tx,
  input: Omit<AssignWorker, 'workerId'>,
  status: TaskStatus,
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

/**
 * Those of the workers who may take the task now. Their rows are locked, in the order of their ids, then
 * counted: two tasks at once cannot both take the last free place.
 */
async function lockFreeWorkers(
  tx: Tx,
  workerIds: readonly string[],
  taskId: string,
): Promise<Set<string>> {
  if (workerIds.length === 0) return new Set();
  const locked = await tx.$queryRaw<{ id: string; capacity: number }[]>`
    SELECT id::text AS id, capacity FROM workers
     WHERE id = ANY(${[...workerIds]}::uuid[]) AND status = 'active'
     ORDER BY workers.id FOR UPDATE`;
  if (locked.length === 0) return new Set();
  const held = await tx.$queryRaw<{ id: string; open: number; had: boolean; paused: boolean }[]>`
    SELECT w.id::text AS id, ${occupied(Prisma.sql`w.id`)} AS open,
           EXISTS (SELECT 1 FROM assignments
                    WHERE task_id = ${taskId}::uuid AND worker_id = w.id) AS had,
           EXISTS (SELECT 1 FROM skill_pauses p
                     JOIN tasks t ON t.organization_id = p.organization_id AND t.type = p.type
                    WHERE t.id = ${taskId}::uuid AND p.worker_id = w.id
                      AND p.lifted_at IS NULL) AS paused
      FROM unnest(${locked.map(({ id }) => id)}::uuid[]) AS w(id)`;
  const capacityOf = new Map(locked.map(({ id, capacity }) => [id, capacity]));
  return new Set(
    held
      .filter(({ id, open, had, paused }) => !had && !paused && open < (capacityOf.get(id) ?? 0))
      .map(({ id }) => id),
  );
}
