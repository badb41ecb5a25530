import type { AssignmentStatus } from '@/prisma/generated/client';
import { reliabilitySteps } from '@/server/features/workers';
import { atInstant, clock, type StandingClock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { type SeatCounts, seatCounts, seatsOf } from './count-seats';
import { lockTasks } from './lock-task';
import { TaskMoves } from './move-tasks';
import { withdrawSown } from './withdraw-sown';

/** An assignment to end without an answer. */
export interface Ending {
  taskId: string;
  assignmentId: string;
  /** `lapsed`: only if its window has passed and no answer is in its undo window. */
  to: 'released' | 'lapsed';
  /** Which assignments it ends; defaults to offered and active ones. */
  from?: readonly AssignmentStatus[];
  /** Shown to the worker. */
  reason: string;
  /** The actor, from `actorLabel`. */
  by: string;
  /** The caller's clock. */
  at: StandingClock | undefined;
}

/** An ended assignment, with its task's seats before any of the call's assignments ended. */
interface Ended extends SeatCounts {
  id: string;
  workerId: string;
  backup: boolean;
}

/**
 * Ends assignments without an answer, equivalent to one after another: their seats reopen, and a
 * task without workers returns to the queue. No assignment may be listed twice.
 * @returns for each whether this call ended it.
 */
export async function endTurns(tx: Tx, endings: readonly Ending[]): Promise<boolean[]> {
  const tasks = await lockTasks(
    tx,
    endings.map(({ taskId }) => taskId),
  );
  const reserved = [...tasks.values()].filter(({ reservedFor }) => reservedFor !== null);
  const moves = new TaskMoves(tasks);
  const ended = await writeEnds(tx, endings);
  const seats = new Map<string, SeatCounts>();
  for (const ending of endings) {
    const row = ended.get(ending.assignmentId);
    if (!row) continue;
    const { inHand, atWork, seated } = seats.get(ending.taskId) ?? row;
    const after = { inHand, atWork: atWork - 1, seated: seated - (row.backup ? 0 : 1) };
    seats.set(ending.taskId, after);
    atInstant(ending.at, () => freeSeat(moves, ending, row, after));
  }
  await moves.write(tx);
  // Nobody else may take a gold or a re-vote, and nobody takes a task twice: its hold is released.
  const untaken = reserved.map(({ id }) => id).filter((id) => seats.has(id));
  if (untaken.length > 0) await withdrawSown(tx, untaken);
  return endings.map(({ assignmentId }) => ended.has(assignmentId));
}

function freeSeat(moves: TaskMoves, ending: Ending, ended: Ended, counts: SeatCounts): void {
  const { taskId, to, reason, by } = ending;
  const task = moves.get(taskId);
  if (!task) return;
  const takesWorkers = task.status === 'posted' || task.status === 'assigned';
  moves.take(taskId, {
    happens: task.status === 'assigned' && counts.atWork === 0 ? 'requeue' : `assignment.${to}`,
    by,
    set: takesWorkers ? { openSeats: seatsOf(task, counts).openSeats } : {},
    facts: [{ assignmentId: ended.id, workerId: ended.workerId, reason }],
  });
}

/**
 * Ends the assignments under the tasks' locks, in one statement. Lapsing after the start lowers a
 * worker's reliability; an ignored offer does not.
 */
async function writeEnds(tx: Tx, endings: readonly Ending[]): Promise<Map<string, Ended>> {
  const rows = endings.map(({ assignmentId, to, from = ['offered', 'active'], reason, at }) => ({
    ...{ id: assignmentId, to, from, reason },
    now: atInstant(at, () => clock.now()),
  }));
  const attended = Prisma.sql`
    SELECT e.worker_id, t.organization_id, t.type FROM ended e JOIN tasks t ON t.id = e.task_id
     WHERE e.status = 'lapsed' AND e.started_at IS NOT NULL`;
  const ended = await tx.$queryRaw<Ended[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               AS g(id uuid, "to" assignment_status, "from" assignment_status[], reason text,
                    now timestamptz)
    ), ended AS (
      UPDATE assignments a SET status = g."to", ended_at = g.now, release_reason = g.reason
        FROM given g
       WHERE a.id = g.id AND a.status = ANY(g."from")
         AND (g."to" <> 'lapsed' OR (a.lapses_at <= g.now AND NOT ${hasWaitingAnswer(Prisma.sql`a`)}))
      RETURNING a.id, a.task_id, a.worker_id, a.backup, a.status, a.started_at
    ), ${reliabilitySteps(attended, 'lapsed')}
    SELECT e.id::text AS id, e.worker_id::text AS "workerId", e.backup,
           ${seatCounts(Prisma.sql`e.task_id`)}
      FROM ended e`;
  return new Map(ended.map((row) => [row.id, row]));
}

/** Whether an assignment's answer is in its undo window, and therefore not missing. */
export const hasWaitingAnswer = (assignment: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM drafts d
                      WHERE d.assignment_id = ${assignment}.id AND d.submits_at IS NOT NULL)`;
