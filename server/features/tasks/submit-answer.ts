import { reliabilitySteps } from '@/server/features/workers';
import { actorLabel, type WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid, newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import type { AnswerTelemetry } from './answer-schema';
import { assertAnswerFits } from './check-answer';
import { type SeatCounts, seatCounts, seatsOf } from './count-seats';
import { AssignmentClosed } from './errors';
import { lockTask } from './lock-task';
import { recordTaskEvent, transition } from './transition';

export interface SubmitAnswer {
  assignmentId: string;
  output: unknown;
  telemetry?: AnswerTelemetry | undefined;
  /** Hashes of the device and the network it came from, where the door knows them. */
  deviceHash?: string | undefined;
  networkHash?: string | undefined;
  /** Names this answer, so that sending it twice is one answer with one reply. */
  idempotencyKey?: string | undefined;
  /** When the worker was done, where that was before now. */
  answeredAt?: Date | undefined;
}

/**
 * A worker hands in an answer. One that the task's schema refuses goes back to the form with what is
 * wrong; it is not a rejection, and the assignment stays open.
 * @throws NotFound where it is not this worker's, InvalidRequest `answer_invalid` with every fault as
 * `{pointer, message}`, AssignmentClosed 409 after submission, release, lapse or the task's end.
 */
export async function submitAnswer(
  actor: WorkerActor,
  input: SubmitAnswer,
): Promise<{ answerId: string }> {
  const own = await findOwn(actor, input.assignmentId);
  if (!own) throw new NotFound('assignment', input.assignmentId);
  await assertAnswerFits(own.outputSchema, input.output);
  const answerId = newId();
  await transaction((tx) => handIn(tx, actor, input, { answerId, own }));
  kickOutbox();
  return { answerId };
}

interface Known {
  answerId: string;
  own: Own;
}

/** A worker's assignment and what is asked there. */
interface Own {
  startedAt: Date | null;
  createdAt: Date;
  taskId: string;
  type: string;
  organizationId: string;
  outputSchema: unknown;
}

async function findOwn({ workerId }: WorkerActor, assignmentId: string): Promise<Own | null> {
  if (!isUuid(assignmentId)) return null;
  const [own = null] = await hotQuery<Own>(Prisma.sql`
    SELECT a.started_at AS "startedAt", a.created_at AS "createdAt", t.id::text AS "taskId", t.type,
           t.organization_id::text AS "organizationId", t.output_schema AS "outputSchema"
      FROM assignments a JOIN tasks t ON t.id = a.task_id
     WHERE a.id = ${assignmentId}::uuid AND a.worker_id = ${workerId}::uuid`);
  return own;
}

async function handIn(tx: Tx, actor: WorkerActor, input: SubmitAnswer, known: Known) {
  const { answerId, own } = known;
  const task = await lockTask(tx, own.taskId);
  const now = clock.now();
  const handed = await writeAnswer(tx, actor, input, known);
  const takesAnswers = task?.status === 'assigned' || task?.status === 'submitted';
  if (!handed || !task || !takesAnswers || task.expiresAt <= now) {
    const count = handed ? 1 : 0;
    throw new AssignmentClosed(await closedBecause(tx, input.assignmentId, task?.status, count));
  }
  const { inHand, atWork, openSeats } = seatsOf(task, handed);
  const event = {
    taskId: task.id,
    by: actorLabel(actor),
    data: { assignmentId: input.assignmentId, answerId, workerId: actor.workerId },
  };
  if (task.status === 'submitted') {
    await recordTaskEvent(tx, { ...event, type: 'answer.received' });
  } else if (inHand >= task.votesWanted) {
    await transition(tx, { ...event, action: 'submit', set: { openSeats, submittedAt: now } });
  } else if (atWork === 0) {
    // More votes are wanted and nobody else is at work: back to the queue.
    await transition(tx, { ...event, action: 'requeue', set: { openSeats } });
  } else {
    await recordTaskEvent(tx, { ...event, type: 'answer.received', set: { openSeats } });
  }
}

/**
 * Ends the assignment, writes the answer and moves the worker's reliability, in one statement under the
 * task's lock.
 * @returns what its seats are worked out from then; null where the assignment was over: nothing was done.
 */
async function writeAnswer(
  tx: Tx,
  actor: WorkerActor,
  input: SubmitAnswer,
  { answerId, own }: Known,
): Promise<SeatCounts | null> {
  const now = clock.now();
  const { organizationId, type } = own;
  const attended = { workerId: actor.workerId, organizationId, type };
  const { telemetry = null, deviceHash = null, networkHash = null, idempotencyKey = null } = input;
  const [row] = await tx.$queryRaw<(SeatCounts & { ended: number })[]>`
    WITH ended AS (
      UPDATE assignments
         SET status = 'submitted', ended_at = ${now},
             submission_key = coalesce(${idempotencyKey}::uuid, submission_key)
       WHERE id = ${input.assignmentId}::uuid AND status IN ('offered', 'active')
      RETURNING id, task_id, worker_id
    ), given AS (
      INSERT INTO answers (id, assignment_id, task_id, worker_id, organization_id, mode, type, output,
                           elapsed_ms, telemetry, device_hash, network_hash, created_at)
      SELECT ${answerId}::uuid, id, task_id, worker_id, ${organizationId}::uuid,
             ${actor.mode}::mode, ${type}, ${JSON.stringify(input.output)}::json,
             ${elapsedMs(own, input.answeredAt ?? now)}::int,
             ${telemetry && JSON.stringify(telemetry)}::jsonb, ${deviceHash}::text,
             ${networkHash}::text, ${now}
        FROM ended
    ), ${reliabilitySteps(attended, 'answered', Prisma.sql`EXISTS (SELECT FROM ended)`)}
    SELECT (SELECT count(*)::int FROM ended) AS ended, ${seatCounts(own.taskId, input.assignmentId)}`;
  if (!row || row.ended === 0) return null;
  // The statement counted before its own answer was there.
  return { ...row, inHand: row.inHand + 1 };
}

function elapsedMs(own: Own, answeredAt: Date): number {
  return Math.max(0, answeredAt.getTime() - (own.startedAt ?? own.createdAt).getTime());
}

async function closedBecause(
  tx: Tx,
  assignmentId: string,
  taskStatus: string | undefined,
  count: number,
): Promise<string> {
  if (count > 0) return taskStatus === 'assigned' ? 'expired' : (taskStatus ?? 'gone');
  const row = await tx.assignment.findUnique({ where: { id: assignmentId } });
  return row?.status ?? 'gone';
}
