import { payBackPay } from '@/server/features/ledger';
import { createPayouts } from '@/server/features/payouts';
import {
  type labelWonAppeal,
  recordEvidence,
  takeBackEvidence,
} from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { env } from '@/server/platform/env';
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
  // What a gold or a reviewer had said is right, is evidence no more. Where nobody has said otherwise, that
  // is so on a gold alone: its task has no other answer.
  if (lesson || appeal.ground === 'gold') await takeBackEvidence(tx, appeal.taskId);
  if (lesson) await recordEvidence(tx, lesson.scope, lesson.labelled, 1);
  const { count } = await tx.answer.updateMany({
    where: { id: appeal.answerId, status: 'rejected' },
    data: {
      status: 'accepted',
      rejectionCode: null,
      rejectionMessage: null,
      judgedAt: clock.now(),
    },
  });
  if (count === 0) return false;
  await restoreStanding(tx, appeal, lesson !== null);
  return true;
}

/** What the judgement would have counted of it. A gold of which nobody has said what is right, counts for nothing. */
async function restoreStanding(
  tx: Tx,
  { answer, task, workerId, organizationId, type }: OpenAppeal,
  isRight: boolean,
): Promise<void> {
  const isGold = task.goldId !== null;
  const goldCorrect = isGold && isRight ? 1 : 0;
  const goldTotal = isGold && !isRight ? 1 : 0;
  await tx.$executeRaw`
    UPDATE worker_type_records
       SET accepted = accepted + 1, rejected = greatest(0, rejected - 1),
           seconds_total = seconds_total + ${answer.elapsedMs / 1000}::float8,
           seconds_count = seconds_count + 1,
           gold_correct = least(gold_total, gold_correct + ${goldCorrect}::int),
           gold_total = greatest(gold_correct, gold_total - ${goldTotal}::int)
     WHERE worker_id = ${workerId}::uuid AND organization_id = ${organizationId}::uuid
       AND type = ${type}`;
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
  const fee = feeSats(amountSats, env.PLATFORM_FEE_BPS);
  const payer = task.goldId === null ? null : { organizationId, feeSats: fee };
  const by = await payBackPay(tx, { appealId, mode, workerId, amountSats, payer });
  if (by !== 'organization') return;
  // What an organization spends is summed from its tasks.
  await tx.task.update({
    where: { id: task.id },
    data: { chargedSats: { increment: amountSats + fee }, feeSats: { increment: fee } },
  });
}
