import { payBackPay } from '@/server/features/ledger';
import { createPayouts } from '@/server/features/payouts';
import {
  isWithdrawn,
  type labelWonAppeal,
  liftUndue,
  recordEvidence,
  takeBackEvidence,
} from '@/server/features/verification';
import { ownSeconds, TIMES_KEPT } from '@/server/features/workers';
import { clock, wallClock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { feeTerms } from '@/server/platform/fee-terms';
import { feeSats } from '@/server/platform/money';
import type { OpenAppeal } from './ask-about-appeal';

type Lesson = Awaited<ReturnType<typeof labelWonAppeal>>;

/**
 * Makes an answer what it would have been, in the transaction that upholds its appeal: accepted, with its
 * worker's standing as if it had been right from the start. The task stays as it ended.
 * @param lesson What it teaches, now that somebody has said what is right; null where nobody has.
 * @returns whether it is owed now; one that was out-voted was accepted, and paid, before.
 */
export async function restoreAnswer(
  tx: Tx,
  appeal: OpenAppeal,
  lesson: Lesson | null,
): Promise<boolean> {
  const { goldId } = appeal.task;
  // The gold's row is locked before what its answers told, as by all who take that back.
  const isSpent = goldId !== null && (await isWithdrawn(tx, goldId));
  const { count } = await tx.answer.updateMany({
    where: { id: appeal.answerId, status: 'rejected' },
    data: {
      status: 'accepted',
      rejectionCode: null,
      rejectionMessage: null,
      judgedAt: clock.now(),
    },
  });
  if (count > 0) await restoreStanding(tx, appeal, { isRight: lesson !== null, isSpent });
  // What a gold or a reviewer had said is right, is evidence no more. Where nobody has said otherwise, that
  // is so on a gold alone: its task has no other answer.
  if (lesson || appeal.ground === 'gold') {
    await takeBackEvidence(tx, appeal.taskId, { isSpent });
  }
  if (lesson) await recordEvidence(tx, lesson.scope, lesson.labelled, 1);
  return count > 0;
}

/**
 * What the judgement would have counted of it. A gold of which nobody has said what is right, counts for
 * nothing; one that was withdrawn before has been taken off already.
 */
async function restoreStanding(
  tx: Tx,
  { answer, task, mode, workerId, organizationId, type }: OpenAppeal,
  { isRight, isSpent }: { isRight: boolean; isSpent: boolean },
): Promise<void> {
  const isGold = task.goldId !== null;
  const after = isGold && isRight ? 1 : 0;
  const before = isGold && !isSpent ? 1 : 0;
  const score = after - before * shareTold(answer.verdicts);
  await tx.$executeRaw`
    UPDATE worker_type_records AS r
       SET accepted = accepted + 1, rejected = greatest(0, rejected - 1),
           seconds_total = seconds_total + ${answer.elapsedMs / 1000}::float8,
           seconds_count = seconds_count + 1,
           recent_seconds = (ARRAY[${ownSeconds(answer)}::float8] || recent_seconds)[1:${TIMES_KEPT}::int],
           recent_sats = (ARRAY[${task.payoutSats}::float8] || recent_sats)[1:${TIMES_KEPT}::int],
           counted_at = ${wallClock.now()},
           gold_correct = gold_correct + ${after}::int,
           gold_total = greatest(gold_correct + ${after}::int, gold_total + ${after - before}::int),
           gold_score = greatest(0, gold_score + ${score}::float8),
           past_total = least(past_total, gold_total + ${after - before}::int)
     WHERE worker_id = ${workerId}::uuid AND organization_id = ${organizationId}::uuid
       AND type = ${type}`;
  if (isGold) await liftUndue(tx, { organizationId, mode, type }, [workerId]);
}

/** The share of the gold's fields that were right, as it was counted. */
function shareTold(verdicts: OpenAppeal['answer']['verdicts']): number {
  const { details } = verdicts.find(({ stage }) => stage === 'gold') ?? {};
  const { gold } = (details ?? {}) as { gold?: { share?: number } };
  return gold?.share ?? 0;
}

/** One payout for it, as for any accepted answer. */
export async function oweAnswer(tx: Tx, appeal: OpenAppeal): Promise<void> {
  const { answerId, workerId, task } = appeal;
  await createPayouts(tx, {
    task,
    answers: [{ answerId, workerId, amountSats: task.payoutSats }],
  });
}

/**
 * Pays for it: the organization whose gold it was, while that is open and its balance covers it; else the
 * platform, since a customer's task has its price and its hold is closed.
 */
export async function payAnswer(tx: Tx, appeal: OpenAppeal): Promise<void> {
  const { id: appealId, workerId, organizationId, mode, task } = appeal;
  const amountSats = task.payoutSats;
  const fee = feeSats(amountSats, feeTerms());
  const { createdAt, createdBy } = task;
  const payer =
    task.goldId === null ? null : { organizationId, feeSats: fee, createdAt, createdBy };
  const by = await payBackPay(tx, { appealId, mode, workerId, amountSats, payer });
  if (by !== 'organization') return;
  // What an organization spends is summed from its tasks.
  await tx.task.update({
    where: { id: task.id },
    data: { chargedSats: { increment: amountSats + fee }, feeSats: { increment: fee } },
  });
}
