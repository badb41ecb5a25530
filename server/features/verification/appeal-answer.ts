import { isDeepStrictEqual } from 'node:util';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import type { AppealAnswer } from './schema';

/** How long after a judgement its worker may object. */
const APPEAL_MS_MAX = 7 * 24 * 60 * 60 * 1000;

/** 409: there is nothing to appeal against, or no longer. */
class NotAppealable extends Conflict {
  constructor(message: string) {
    super('not_appealable', message);
  }
}

/**
 * A worker objects to what was made of an answer: that it was rejected, or that the task's verified
 * answer is another. It is recorded for a reviewer; saying it twice keeps the first.
 * @throws NotFound where the answer is not this worker's, NotAppealable 409.
 */
export async function appealAnswer(
  actor: WorkerActor,
  { answerId, reason }: AppealAnswer,
): Promise<{ appealId: string }> {
  const answer = await db.answer.findFirst({
    where: { id: answerId, workerId: actor.workerId, mode: actor.mode },
    include: { task: { select: { status: true, output: true } } },
  });
  if (!answer) throw new NotFound('answer', answerId);
  const outvoted =
    answer.status === 'accepted' &&
    answer.task.status === 'verified' &&
    !isDeepStrictEqual(answer.output, answer.task.output);
  if (answer.status !== 'rejected' && !outvoted) {
    throw new NotAppealable('Only an answer that was rejected or out-voted can be appealed.');
  }
  const judgedMs = (answer.judgedAt ?? answer.createdAt).getTime();
  if (clock.nowMs() - judgedMs > APPEAL_MS_MAX) {
    throw new NotAppealable('An answer can be appealed for seven days after it was judged.');
  }
  await db.appeal.createMany({
    data: [
      {
        id: newId(),
        answerId,
        taskId: answer.taskId,
        workerId: actor.workerId,
        mode: actor.mode,
        reason,
        createdAt: clock.now(),
      },
    ],
    skipDuplicates: true,
  });
  const appeal = await db.appeal.findUniqueOrThrow({ where: { answerId } });
  return { appealId: appeal.id };
}
