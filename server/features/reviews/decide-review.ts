import { Prisma, type Review } from '@/prisma/generated/client';
import { lockTask } from '@/server/features/tasks';
import { loadTaskContext, type TaskContext } from '@/server/features/verification';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { InvalidRequest, NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { validateOutput } from '@/server/platform/json-schema';
import { kickOutbox } from '@/server/platform/outbox';
import { onTestClock } from '@/server/platform/test-clock';
import { assertImpartial, assertReviews, seesReview } from './access';
import { prepareAudit } from './audit';
import { freeFor, whyNotFree } from './claim-review';
import { auditDecision, type Deciding, recordDecision } from './deciding';
import { drawSecondReview } from './draw-second-review';
import { offerAsGold } from './offer-as-gold';
import type { DecideReview } from './schema';
import { prepareSecond } from './second-review';

/** A decision's side effect, in the same transaction. */
type Effect = (tx: Tx) => Promise<void>;

/**
 * Decides a review: accept, correct (with the right answer) or reject. A blocking review settles
 * its task. An audit is evidence about the voters, and its customer is notified if the output
 * differs. A second review is only compared with the first. An appeal is settled by a job.
 * @throws Forbidden if the actor may not review or was involved in the task; NotFound;
 * InvalidRequest if a correction does not satisfy the task's schema; OutputsTooLarge 413;
 * ReviewClosed 409; ReviewClaimed 409.
 */
export async function decideReview(actor: Actor, input: DecideReview): Promise<void> {
  const review = await findReview(actor, input.reviewId);
  await onTestClock(review, () => decide(actor, input, review));
}

async function decide(actor: Actor, input: DecideReview, review: Review): Promise<void> {
  const task = await loadTaskContext(review.taskId);
  await assertFits(task, input);
  const userId = 'userId' in actor ? actor.userId : null;
  if (review.kind === 'appeal') assertExplained(input);
  const deciding = { review, task, input, by: actorLabel(actor) };
  const effect = await prepareEffect(deciding);
  const draw = userId === null ? null : await drawSecondReview(deciding, userId);
  const decided = await transaction(async (tx) => {
    await lockTask(tx, review.taskId);
    const { count } = await tx.review.updateMany({
      where: { id: review.id, ...freeFor(userId) },
      data: {
        status: 'decided',
        decision: input.decision,
        output: input.decision === 'correct' ? jsonColumn(input.output) : Prisma.DbNull,
        note: input.note || null,
        reviewerId: userId ?? 'system',
        claimedBy: null,
        claimedUntil: null,
        decidedAt: clock.now(),
      },
    });
    if (count === 0) return false;
    await effect(tx);
    if (actor.kind !== 'system') await auditDecision(tx, actor, deciding);
    if (input.offerAsGold) await offerAsGold(tx, deciding);
    await draw?.(tx);
    return true;
  });
  if (!decided) throw await whyNotFree(review.id);
  kickOutbox();
}

async function findReview(actor: Actor, reviewId: string): Promise<Review> {
  const found = isUuid(reviewId) ? await db.review.findUnique({ where: { id: reviewId } }) : null;
  if (actor.kind === 'system') {
    if (!found || (actor.mode && actor.mode !== found.mode)) throw new NotFound('review', reviewId);
    return found;
  }
  const reviewer = assertReviews(actor);
  if (!found || !(await seesReview(reviewer, reviewId))) throw new NotFound('review', reviewId);
  await assertImpartial(reviewer, found);
  return found;
}

async function assertFits({ row }: TaskContext, input: DecideReview): Promise<void> {
  if (input.decision !== 'correct') return;
  const schema = row.outputSchema as Record<string, unknown>;
  const check = await validateOutput(schema, input.output, 'output');
  if (check.ok) return;
  throw new InvalidRequest('The correction does not satisfy the task’s schema.', {
    param: 'output',
    details: check.errors,
  });
}

/** The worker who appealed sees the note. */
function assertExplained({ decision, note }: DecideReview): void {
  if (decision === 'accept' || note) return;
  throw new InvalidRequest('Explain why in the note: the worker who appealed sees it.', {
    param: 'note',
  });
}

/** Prepared by kind, before the transaction. */
async function prepareEffect(deciding: Deciding): Promise<Effect> {
  switch (deciding.review.kind) {
    case 'second_review':
      return prepareSecond(deciding);
    case 'spot_check':
      return prepareAudit(deciding);
    default:
      // Takes effect with the resulting judgement, or when the appeal is settled.
      return (tx) => recordDecision(tx, deciding);
  }
}
