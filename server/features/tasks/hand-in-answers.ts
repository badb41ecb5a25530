import { reliabilitySteps } from '@/server/features/workers';
import { actorLabel, type WorkerActor } from '@/server/platform/actor';
import { atInstant, clock, type StandingClock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import type { AnswerTelemetry } from './answer-schema';
import { type SeatCounts, seatCounts, seatsOf } from './count-seats';
import { type EventfulTask, lockTasks } from './lock-task';
import { type Step, TaskMoves } from './move-tasks';

export interface SubmitAnswer {
  assignmentId: string;
  output: unknown;
  telemetry?: AnswerTelemetry | undefined;
  /** Hashes of the device and the network, if known. */
  deviceHash?: string | undefined;
  networkHash?: string | undefined;
  /** Idempotency key of the submission. */
  idempotencyKey?: string | undefined;
  /** When the worker finished, if earlier than now. */
  answeredAt?: Date | undefined;
}

/** A worker's assignment and its task's question. */
export interface OwnAssignment {
  startedAt: Date | null;
  createdAt: Date;
  taskId: string;
  type: string;
  organizationId: string;
  outputSchema: unknown;
}

/** A valid answer, with the clock of its submitter. */
export interface HandedIn {
  actor: WorkerActor;
  input: SubmitAnswer;
  answerId: string;
  /** The output as JSON. */
  outputText: string;
  own: OwnAssignment;
  at: StandingClock | undefined;
}

/**
 * Submits answers, equivalent to one after another: each ends its assignment and updates its task.
 * @returns for each why it failed, because its assignment or task had ended; null if it succeeded.
 */
export async function handInAnswers(
  tx: Tx,
  handedIn: readonly HandedIn[],
): Promise<(string | null)[]> {
  const moves = new TaskMoves(
    await lockTasks(
      tx,
      handedIn.map(({ own }) => own.taskId),
    ),
  );
  const firsts = new Map<string, HandedIn>();
  for (const each of handedIn) {
    const { assignmentId } = each.input;
    if (takesAnswers(moves.get(each.own.taskId), each) && !firsts.has(assignmentId)) {
      firsts.set(assignmentId, each);
    }
  }
  const written = await writeAnswers(tx, [...firsts.values()]);
  const isWritten = (each: HandedIn) =>
    firsts.get(each.input.assignmentId) === each && written.has(each.input.assignmentId);
  const seats = new Map<string, SeatCounts>();
  for (const each of handedIn.filter(isWritten)) {
    const { taskId } = each.own;
    const { backup, ...before } = written.get(each.input.assignmentId) as Written;
    const { inHand, atWork, seated } = seats.get(taskId) ?? before;
    const after = { inHand: inHand + 1, atWork: atWork - 1, seated: seated - (backup ? 0 : 1) };
    seats.set(taskId, after);
    const task = moves.get(taskId) as EventfulTask;
    atInstant(each.at, () => moves.take(taskId, stepOf(task, each, after)));
  }
  await moves.write(tx);
  const others = handedIn.filter((each) => !isWritten(each));
  const reasons = await closedBecause(tx, others, moves);
  return handedIn.map((each) => reasons.get(each) ?? null);
}

const timeOf = ({ at }: HandedIn): Date => atInstant(at, () => clock.now());

function takesAnswers(task: EventfulTask | undefined, each: HandedIn): boolean {
  const isOpen = task?.status === 'assigned' || task?.status === 'submitted';
  return isOpen && task.expiresAt > timeOf(each);
}

/** The step that a task's next answer causes. */
function stepOf(task: EventfulTask, each: HandedIn, counts: SeatCounts): Step {
  const { actor, input, answerId } = each;
  const { inHand, atWork, openSeats } = seatsOf(task, counts);
  const step = {
    by: actorLabel(actor),
    facts: [{ assignmentId: input.assignmentId, answerId, workerId: actor.workerId }],
  };
  if (task.status === 'submitted') return { ...step, happens: 'answer.received' };
  if (inHand >= task.votesWanted) {
    return { ...step, happens: 'submit', set: { openSeats, submittedAt: timeOf(each) } };
  }
  // If more votes are wanted and nobody else is at work, it returns to the queue.
  return { ...step, happens: atWork === 0 ? 'requeue' : 'answer.received', set: { openSeats } };
}

/** An answer's task with its seats before any of the answers was written. */
interface Written extends SeatCounts {
  backup: boolean;
}

/**
 * Ends assignments, inserts their answers and updates the workers' reliability, in one statement
 * under the tasks' locks.
 * @returns the counts for each task's seats, by assignment; ended ones are missing and were not
 * changed.
 */
async function writeAnswers(tx: Tx, handedIn: readonly HandedIn[]): Promise<Map<string, Written>> {
  if (handedIn.length === 0) return new Map();
  const rows = handedIn.map(answerRow);
  // Workers' texts are passed as text to preserve them exactly.
  const written = await tx.$queryRaw<(Written & { assignmentId: string })[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               AS g(id uuid, assignment_id uuid, organization_id uuid, mode mode, type text, output text,
                    elapsed_ms int, telemetry text, device_hash text, network_hash text,
                    submission_key uuid, created_at timestamptz)
    ), ended AS (
      UPDATE assignments a
         SET status = 'submitted', ended_at = g.created_at,
             submission_key = coalesce(g.submission_key, a.submission_key)
        FROM given g
       WHERE a.id = g.assignment_id AND a.status IN ('offered', 'active')
      RETURNING a.id, a.task_id, a.worker_id, a.backup
    ), answered AS (
      INSERT INTO answers (id, assignment_id, task_id, worker_id, organization_id, mode, type, output,
                           elapsed_ms, telemetry, device_hash, network_hash, created_at)
      SELECT g.id, e.id, e.task_id, e.worker_id, g.organization_id, g.mode, g.type, g.output::json,
             g.elapsed_ms, g.telemetry::jsonb, g.device_hash, g.network_hash, g.created_at
        FROM ended e JOIN given g ON g.assignment_id = e.id
    ), ${reliabilitySteps(
      Prisma.sql`
        SELECT e.worker_id, g.organization_id, g.type FROM ended e JOIN given g ON g.assignment_id = e.id`,
      'answered',
    )}
    SELECT e.id::text AS "assignmentId", e.backup, ${seatCounts(Prisma.sql`e.task_id`)} FROM ended e`;
  return new Map(written.map(({ assignmentId, ...row }) => [assignmentId, row]));
}

function answerRow(each: HandedIn) {
  const { actor, input, answerId, outputText, own } = each;
  const now = timeOf(each);
  const elapsedMs =
    (input.answeredAt ?? now).getTime() - (own.startedAt ?? own.createdAt).getTime();
  return {
    id: answerId,
    assignment_id: input.assignmentId,
    organization_id: own.organizationId,
    mode: actor.mode,
    type: own.type,
    output: outputText,
    elapsed_ms: Math.max(0, elapsedMs),
    telemetry: input.telemetry ? JSON.stringify(input.telemetry) : null,
    device_hash: input.deviceHash ?? null,
    network_hash: input.networkHash ?? null,
    submission_key: input.idempotencyKey ?? null,
    created_at: now,
  };
}

/** Why answers could not be submitted. */
async function closedBecause(
  tx: Tx,
  others: readonly HandedIn[],
  moves: TaskMoves,
): Promise<Map<HandedIn, string>> {
  if (others.length === 0) return new Map();
  const rows = await tx.assignment.findMany({
    where: { id: { in: others.map(({ input }) => input.assignmentId) } },
    select: { id: true, status: true },
  });
  const statusOf = new Map(rows.map(({ id, status }) => [id, status]));
  return new Map(
    others.map((each) => {
      const status = statusOf.get(each.input.assignmentId) ?? 'gone';
      if (status !== 'offered' && status !== 'active') return [each, status];
      const task = moves.get(each.own.taskId)?.status ?? 'gone';
      return [each, task === 'assigned' ? 'expired' : task];
    }),
  );
}
