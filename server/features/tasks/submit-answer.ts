import { Prisma } from '@/prisma/generated/client';
import { recordReliability } from '@/server/features/workers';
import { actorLabel, type WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { kickOutbox } from '@/server/platform/outbox';
import type { AnswerTelemetry } from './answer-schema';
import { findOwnAssignment } from './assignment-queries';
import { assertAnswerFits } from './check-answer';
import { countSeats } from './count-seats';
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
  const own = await findOwnAssignment(actor, input.assignmentId);
  if (!own) throw new NotFound('assignment', input.assignmentId);
  const task = await db.task.findUniqueOrThrow({ where: { id: own.taskId } });
  await assertAnswerFits(task.outputSchema, input.output);
  const answerId = newId();
  await transaction((tx) => handIn(tx, actor, input, { answerId, task, own }));
  kickOutbox();
  return { answerId };
}

interface Known {
  answerId: string;
  task: { id: string; type: string; organizationId: string };
  own: { startedAt: Date | null; createdAt: Date };
}

async function handIn(tx: Tx, actor: WorkerActor, input: SubmitAnswer, known: Known) {
  const { answerId } = known;
  const task = await lockTask(tx, known.task.id);
  const now = clock.now();
  const { count } = await tx.assignment.updateMany({
    where: { id: input.assignmentId, status: { in: ['offered', 'active'] } },
    data: {
      status: 'submitted',
      endedAt: now,
      ...(input.idempotencyKey ? { submissionKey: input.idempotencyKey } : {}),
    },
  });
  const takesAnswers = task?.status === 'assigned' || task?.status === 'submitted';
  if (count === 0 || !task || !takesAnswers || task.expiresAt <= now) {
    throw new AssignmentClosed(await closedBecause(tx, input.assignmentId, task?.status, count));
  }
  await tx.answer.create({
    data: {
      id: answerId,
      assignmentId: input.assignmentId,
      taskId: task.id,
      workerId: actor.workerId,
      organizationId: known.task.organizationId,
      mode: actor.mode,
      type: known.task.type,
      output: jsonColumn(input.output),
      elapsedMs: elapsedMs(known.own, input.answeredAt ?? now),
      telemetry: input.telemetry ? jsonColumn(input.telemetry) : Prisma.DbNull,
      deviceHash: input.deviceHash ?? null,
      networkHash: input.networkHash ?? null,
      createdAt: now,
    },
  });
  const { organizationId, type } = known.task;
  await recordReliability(tx, { workerId: actor.workerId, organizationId, type }, 'answered');
  const { inHand, atWork, openSeats } = await countSeats(tx, task);
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

function elapsedMs(own: Known['own'], answeredAt: Date): number {
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
