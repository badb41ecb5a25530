import type { Mode } from '@/server/platform/actor';
import { atInstant, clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { together } from '@/server/platform/together';
import { FreePlaces } from './free-places';
import { type EventfulTask, lockTasks } from './lock-task';
import { type Step, TaskMoves } from './move-tasks';
import { activeUntil, offeredUntil } from './windows';

export interface AssignWorker {
  taskId: string;
  workerId: string;
  /**
   * `offered`: routing chose the worker, who has a moment to start. `active`: the worker took it.
   */
  status: 'offered' | 'active';
  /**
   * A backup takes no seat: it works alongside the first worker, and the first valid answer wins.
   */
  backup: boolean;
  by: string;
}

/** Several workers, in order, as far as there are seats. */
export type AssignWorkers = Omit<AssignWorker, 'workerId'> & { workerIds: readonly string[] };

/** With the caller's clock. */
type Asked = AssignWorkers & { at: StandingClock | undefined };

/**
 * Assigns a seat of a task to a worker, or a place as backup.
 * @returns the assignment's ID, or null if no seat is left, the worker has had this task, or the
 * worker is at capacity, paused for the type, or gone: lost the compare-and-set.
 */
export async function assignWorker(tx: Tx, input: AssignWorker): Promise<string | null> {
  const { workerId, ...seat } = input;
  const [made] = await assign(tx, [{ ...seat, workerIds: [workerId], at: standingClock() }]);
  return made?.[0] ?? null;
}

/**
 * Assigns workers to a task, in a transaction that may do the same for other tasks.
 * @returns the IDs of the assignments created.
 */
export function assignWorkers(input: AssignWorkers): Promise<string[]> {
  return assignTogether({ ...input, at: standingClock() });
}

const assignTogether = together(
  (asked: readonly Asked[]) => transaction((tx) => assign(tx, asked)),
  { most: 50, atOnce: 2 },
);

async function assign(tx: Tx, asked: readonly Asked[]): Promise<string[][]> {
  const moves = new TaskMoves(
    await lockTasks(
      tx,
      asked.map(({ taskId }) => taskId),
    ),
  );
  const places = new FreePlaces();
  await places.lock(
    tx,
    asked.flatMap((each) => {
      const task = moves.get(each.taskId);
      return task ? allowed(task, each).map((workerId) => ({ ...each, workerId })) : [];
    }),
  );
  const made = asked.map((each) => atInstant(each.at, () => seat(moves, places, each)));
  await moves.write(tx);
  await insertAssignments(tx, made.flat());
  return made.map((rows) => rows.map(({ id }) => id));
}

/** The workers who may currently take the task. */
function allowed(task: EventfulTask, { workerIds, backup, at }: Asked): string[] {
  const isOpen = task.status === 'posted' || task.status === 'assigned';
  const isOver = task.expiresAt <= atInstant(at, () => clock.now());
  if (!isOpen || isOver || (!backup && task.openSeats <= 0)) return [];
  return workerIds.filter((id) => task.reservedFor === null || id === task.reservedFor);
}

/** An assignment's row to insert. */
interface AssignmentRow {
  id: string;
  task_id: string;
  worker_id: string;
  mode: Mode;
  status: 'offered' | 'active';
  backup: boolean;
  created_at: Date;
  started_at: Date | null;
  lapses_at: Date;
}

/** Fills as many seats as there are, at the caller's instant. */
function seat(moves: TaskMoves, places: FreePlaces, asked: Asked): AssignmentRow[] {
  const { taskId, status, backup } = asked;
  const task = moves.get(taskId);
  if (!task || (backup && task.status !== 'assigned')) return [];
  const free = allowed(task, asked).filter((workerId) => places.isFree(taskId, workerId));
  const chosen = backup ? free : free.slice(0, task.openSeats);
  const now = clock.now();
  const lapsesAt = (status === 'offered' ? offeredUntil : activeUntil)(now, task);
  const rows = chosen.map((workerId) => ({
    ...{ id: newId(), task_id: taskId, worker_id: workerId, mode: task.mode, status, backup },
    ...{ created_at: now, started_at: status === 'active' ? now : null, lapses_at: lapsesAt },
  }));
  for (const { worker_id } of rows) places.take(taskId, worker_id);
  takeSeats(moves, asked, rows);
  return rows;
}

/** One seat per worker; the first of a posted task assigns it, the others join. */
function takeSeats(
  moves: TaskMoves,
  { taskId, by, backup }: Asked,
  rows: readonly AssignmentRow[],
): void {
  const facts = rows.map((row) => ({
    assignmentId: row.id,
    workerId: row.worker_id,
    lapsesAt: row.lapses_at.toISOString(),
    backup,
  }));
  const take = (happens: Step['happens'], data: Step['facts']) => {
    const task = moves.get(taskId);
    if (!task || data.length === 0) return;
    const openSeats = task.openSeats - data.length;
    const assignedAt = happens === 'assign' ? clock.now() : task.assignedAt;
    const set = backup ? {} : { openSeats, assignedAt };
    moves.take(taskId, { happens, by, set, facts: data });
  };
  if (backup) {
    take('assignment.joined', facts);
    return;
  }
  const isFirst = moves.get(taskId)?.status === 'posted';
  take('assign', isFirst ? facts.slice(0, 1) : []);
  take('join', isFirst ? facts.slice(1) : facts);
}

async function insertAssignments(tx: Tx, rows: readonly AssignmentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    WITH seated AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               AS s(id uuid, task_id uuid, worker_id uuid, mode mode, status assignment_status,
                    backup boolean, created_at timestamptz, started_at timestamptz,
                    lapses_at timestamptz)
    ), assigned AS (
      INSERT INTO assignments (id, task_id, worker_id, mode, status, backup, created_at, started_at,
                               lapses_at)
      SELECT id, task_id, worker_id, mode, status, backup, created_at, started_at, lapses_at
        FROM seated
    )
    UPDATE workers w SET last_assigned_at = s.at
      FROM (SELECT worker_id, max(created_at) AS at FROM seated GROUP BY worker_id) s
     WHERE w.id = s.worker_id`;
}
