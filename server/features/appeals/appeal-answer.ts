import { isDeepStrictEqual } from 'node:util';
import type { Answer, AppealGround, Task } from '@/prisma/generated/client';
import { getSettings } from '@/server/features/settings';
import { recordTaskEvent } from '@/server/features/tasks';
import { actorLabel, type WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import type { AppealAnswer } from './schema';

/** How long after a judgement its worker can appeal. */
export const APPEAL_MS_MAX = 7 * 24 * 60 * 60 * 1000;
const HOUR_MS = 3_600_000;

/** 409: there is nothing to appeal, or the appeal period has ended. */
class NotAppealable extends Conflict {
  constructor(message: string) {
    super('not_appealable', message);
  }
}

/** 409: the worker has reached the limit of open appeals. */
class TooManyAppeals extends Conflict {
  constructor(open: number) {
    super(
      'too_many_appeals',
      `You have ${open} open appeals, which is the maximum. Wait until one of them is decided.`,
    );
  }
}

type Appealed = Answer & { task: Pick<Task, 'status' | 'output' | 'goldId'> };

/**
 * Lets a worker appeal the judgement of an answer: a rejection, a gold's verdict, or a verified
 * answer that differs. A job decides it; calling this again keeps the first appeal.
 * @throws NotFound if the answer is not this worker's, NotAppealable 409, TooManyAppeals 409.
 */
export async function appealAnswer(
  actor: WorkerActor,
  { answerId, reason }: AppealAnswer,
): Promise<{ appealId: string }> {
  const answer = await db.answer.findFirst({
    where: { id: answerId, workerId: actor.workerId, mode: actor.mode },
    include: { task: { select: { status: true, output: true, goldId: true } } },
  });
  if (!answer) throw new NotFound('answer', answerId);
  const former = await db.appeal.findUnique({ where: { answerId }, select: { id: true } });
  if (former) return { appealId: former.id };
  const ground = groundOf(answer);
  const judgedMs = (answer.judgedAt ?? answer.createdAt).getTime();
  if (clock.nowMs() - judgedMs > APPEAL_MS_MAX) {
    throw new NotAppealable('An answer can only be appealed within seven days of its judgement.');
  }
  const appealId = await transaction((tx) => open(tx, actor, { answer, ground, reason }));
  kickOutbox();
  return { appealId };
}

function groundOf({ status, output, task }: Appealed): AppealGround {
  if (status === 'rejected') return task.goldId === null ? 'rejected' : 'gold';
  const isVerified = status === 'accepted' && task.status === 'verified';
  if (isVerified && !isDeepStrictEqual(output, task.output)) return 'out_voted';
  throw new NotAppealable('Only an answer that was rejected or out-voted can be appealed.');
}

async function open(
  tx: Tx,
  actor: WorkerActor,
  { answer, ground, reason }: { answer: Appealed; ground: AppealGround; reason: string },
): Promise<string> {
  const { workerId } = actor;
  const { hours, openPerWorker } = (await getSettings(tx)).appeals;
  // Serializes concurrent appeals, so that the second one counts the first.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`appeals:${workerId}`}, 0))`;
  const former = await tx.appeal.findUnique({ where: { answerId: answer.id } });
  if (former) return former.id;
  const openNow = await tx.appeal.count({ where: { workerId, status: 'open' } });
  if (openNow >= openPerWorker) throw new TooManyAppeals(openNow);
  const id = newId();
  const now = clock.now();
  await tx.appeal.create({
    data: {
      id,
      answerId: answer.id,
      taskId: answer.taskId,
      workerId,
      organizationId: answer.organizationId,
      mode: actor.mode,
      type: answer.type,
      reason,
      ground,
      againstReviewerId: await findReviewer(tx, answer.taskId),
      dueAt: new Date(now.getTime() + hours * HOUR_MS),
      createdAt: now,
    },
  });
  await recordTaskEvent(tx, {
    taskId: answer.taskId,
    type: 'appeal.opened',
    by: actorLabel(actor),
    data: { appealId: id, assignmentId: answer.assignmentId, workerId, word: reason },
  });
  return id;
}

/** The reviewer who decided the review that the judgement waited for, if any. */
async function findReviewer(tx: Tx, taskId: string): Promise<string | null> {
  const review = await tx.review.findFirst({
    where: { taskId, blocking: true, status: 'decided' },
    orderBy: { decidedAt: 'desc' },
    select: { reviewerId: true },
  });
  return review?.reviewerId ?? null;
}
