import type { TaskStatus } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { lockTask } from './lock-task';
import { occupied } from './occupied';
import { type EventFacts, type MovedTask, recordTaskEvent, transition } from './transition';
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
  const seated = allowed
    .filter((id) => free.has(id))
    .slice(0, input.backup ? workerIds.length : task.openSeats)
    .map((workerId) => ({ id: newId(), workerId }));
  if (seated.length === 0) return [];
  const facts = seated.map(({ id, workerId }) => ({
    assignmentId: id,
    workerId,
    lapsesAt: lapsesAt.toISOString(),
    backup: input.backup,
  }));
  const moved = await takeSeats(tx, input, task.status, facts);
  if (!moved) return [];
  await insertAssignments(tx, { ...input, mode: moved.mode }, seated, { now, lapsesAt });
  return seated.map(({ id }) => id);
}

async function insertAssignments(
  tx: Tx,
  {
    taskId,
    mode,
    status,
    backup,
  }: Pick<AssignWorker, 'taskId' | 'status' | 'backup'> & {
    mode: Mode;
  },
  seated: readonly { id: string; workerId: string }[],
  { now, lapsesAt }: { now: Date; lapsesAt: Date },
): Promise<void> {
  const workerIds = seated.map(({ workerId }) => workerId);
  await tx.$executeRaw`
    WITH assigned AS (
      INSERT INTO assignments (id, task_id, worker_id, mode, status, backup, created_at, started_at,
                               lapses_at)
      SELECT id, ${taskId}::uuid, worker_id, ${mode}::mode, ${status}::assignment_status,
             ${backup}, ${now}, ${status === 'active' ? now : null}::timestamptz, ${lapsesAt}
        FROM unnest(${seated.map(({ id }) => id)}::uuid[], ${workerIds}::uuid[]) AS a(id, worker_id)
    )
    UPDATE workers SET last_assigned_at = ${now} WHERE id = ANY(${workerIds}::uuid[])`;
}

/** One seat for each of the workers; the first of a posted task assigns it, the others join. */
async function takeSeats(
  tx: Tx,
  { taskId, by, backup }: Pick<AssignWorker, 'taskId' | 'by' | 'backup'>,
  status: TaskStatus,
  facts: readonly EventFacts[],
): Promise<MovedTask | null> {
  if (backup) {
    const where = { status: 'assigned' as const };
    return recordTaskEvent(tx, { taskId, by, type: 'assignment.joined', data: facts, where });
  }
  const take = (action: 'assign' | 'join', data: readonly EventFacts[]) =>
    transition(tx, {
      ...{ taskId, by, action, data },
      where: { openSeats: { gte: data.length } },
      set: {
        openSeats: { decrement: data.length },
        ...(action === 'assign' ? { assignedAt: clock.now() } : {}),
      },
    });
  if (status === 'assigned') return take('join', facts);
  const moved = await take('assign', facts.slice(0, 1));
  return moved && facts.length > 1 ? take('join', facts.slice(1)) : moved;
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
