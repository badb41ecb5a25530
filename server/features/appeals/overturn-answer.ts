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
 * Accepts an answer retroactively, in the transaction that upholds its appeal, and restores its
 * worker's standing as if it had been right from the start. The task's outcome does not change.
 * @param lesson the evidence from the correct answer; null if the correct answer is unknown.
 * @returns whether it is owed now; an out-voted answer was already accepted and paid.
 */
export async function restoreAnswer(
  tx: Tx,
  appeal: OpenAppeal,
  lesson: Lesson | null,
): Promise<boolean> {
  const { goldId } = appeal.task;
  // The gold's row is locked before its evidence, as everywhere evidence is withdrawn.
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
  // Withdraws the evidence from a gold or reviewer. If the correct answer is unknown, only a gold's
  // evidence is withdrawn: its task has no other answer.
  if (lesson || appeal.ground === 'gold') {
    await takeBackEvidence(tx, appeal.taskId, { isSpent });
  }
  if (lesson) await recordEvidence(tx, lesson.scope, lesson.labelled, 1);
  return count > 0;
}

/**
 * Adds what the judgement would have counted. A gold without a known correct answer counts for
 * nothing; a withdrawn one was already subtracted.
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

/** The share of the gold's fields that were right, as originally counted. */
function shareTold(verdicts: OpenAppeal['answer']['verdicts']): number {
  const { details } = verdicts.find(({ stage }) => stage === 'gold') ?? {};
  const { gold } = (details ?? {}) as { gold?: { share?: number } };
  return gold?.share ?? 0;
}

/** Creates the answer's payout, as for any accepted answer. */
export async function oweAnswer(tx: Tx, appeal: OpenAppeal): Promise<void> {
  const { answerId, workerId, task } = appeal;
  await createPayouts(tx, {
    task,
    answers: [{ answerId, workerId, amountSats: task.payoutSats }],
  });
}

/**
 * Pays for it: from the gold's organization if it is open and its balance covers it, else from the
 * platform, because a customer's task has a fixed price and its hold is closed.
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
  // An organization's spending is summed from its tasks.
  await tx.task.update({
    where: { id: task.id },
    data: { chargedSats: { increment: amountSats + fee }, feeSats: { increment: fee } },
  });
}
