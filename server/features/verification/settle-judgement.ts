import type { Answer, Prisma } from '@/prisma/generated/client';
import { chargeTask, payReVote, releaseHold } from '@/server/features/ledger';
import { createPayouts } from '@/server/features/payouts';
import {
  countSeats,
  endOpenWork,
  heldBy,
  isAwaited,
  type JudgedOutcome,
  MAX_REJECTIONS,
  recordTaskEvent,
  type TaskSet,
  transition,
  voidReviews,
} from '@/server/features/tasks';
import type { Tx } from '@/server/platform/db';
import { feeTerms } from '@/server/platform/fee-terms';
import { feeSats } from '@/server/platform/money';
import type { TaskContext } from './load-context';
import { openReview } from './open-review';
import type { JudgedAnswer } from './record-answer';
import type { Judgement, Verdict } from './stage';

/**
 * The failure reason of a task whose confidence was below the customer's minimum; the answers are
 * paid anyway.
 */
const UNSURE = 'confidence_not_reached';

/** `again`: an answer arrived or was judged meanwhile, so the task must be judged once more. */
export type Outcome = 'verified' | 'rejected' | 'failed' | 'need_vote' | 'need_review' | 'again';

export interface Settled {
  result: Outcome;
  /** Moves the money; last in the transaction, because it locks the organization's balance. */
  pay?: (() => Promise<unknown>) | undefined;
}

interface Judged {
  judged: readonly JudgedAnswer[];
  /** All accepted answers of the task, including those just judged. */
  accepted: readonly Answer[];
  /** Data for the charts about a verified task. */
  outcome: JudgedOutcome | undefined;
}

/** Applies the judgement of a task's answers, under the task's lock. */
export function settleJudgement(
  tx: Tx,
  task: TaskContext,
  { judged, accepted, outcome }: Judged,
): Promise<Settled> {
  const rejected = judged.filter((each) => each.judgement.outcome === 'reject');
  const last = judged.findLast((each) => each.judgement.outcome !== 'reject');
  if (!last) return settleRejection(tx, task, rejected, accepted);
  switch (last.judgement.outcome) {
    case 'verified':
      return settleVerified(tx, task, { ...last, outcome }, accepted);
    case 'unsure':
      return settleUnsure(tx, task, last.judgement, accepted);
    case 'need_review':
      return settleReview(tx, task, last.judgement, accepted);
    default:
      return settleNeedVote(tx, task, last.judgement, accepted, rejected.length);
  }
}

/** The six-stage report in the API's format. */
function reportOf(verdicts: readonly Verdict[]): Prisma.InputJsonArray {
  return verdicts.map(({ stage, verdict, reason, score }) => ({
    stage,
    verdict,
    reason: reason?.code ?? null,
    score: score ?? null,
  }));
}

async function settleVerified(
  tx: Tx,
  task: TaskContext,
  { judgement, outcome }: { judgement: Judgement; outcome: JudgedOutcome | undefined },
  accepted: readonly Answer[],
): Promise<Settled> {
  const { row } = task;
  const { payouts, isSettled, chargedSats, fee, pay } = await owe(tx, task, accepted);
  await transition(tx, {
    taskId: row.id,
    action: 'verify',
    by: 'verification',
    set: {
      output: judgement.output,
      confidence: judgement.confidence ?? null,
      confidenceBasis: judgement.confidenceBasis ?? null,
      dissent: judgement.dissent ?? [],
      verification: reportOf(judgement.verdicts),
      votesAccepted: accepted.length,
      chargedSats,
      feeSats: fee,
    },
    ...(outcome ? { outcome } : {}),
    payouts,
    // If every payout is already paid or kept for its worker, no later settlement completes the
    // task.
    completes: isSettled,
  });
  await endOpenWork(tx, row.id, 'Another answer was verified first. Thank you.');
  if (judgement.auditRequested) await openReview(tx, task, judgement, false);
  return { result: 'verified', pay };
}

/**
 * Creates the payouts of the accepted answers. `pay` charges the task for them; the platform pays
 * what the hold does not cover.
 */
async function owe(tx: Tx, { row }: TaskContext, accepted: readonly Answer[]) {
  const answers = accepted.map((answer) => ({
    answerId: answer.id,
    workerId: answer.workerId,
    amountSats: row.payoutSats,
  }));
  const paid = row.payoutSats * BigInt(answers.length);
  const { id: taskId, mode } = row;
  const isHeldFor = row.heldSats > 0n;
  const fee = isHeldFor ? feeWithin(row.heldSats - paid, paid) : 0n;
  const payouts = await createPayouts(tx, { task: row, answers }, { paysHere: true });
  const charge = () =>
    isHeldFor
      ? [chargeTask(tx, { ...heldBy(row), answers, feeSats: fee })]
      : answers.map((answer) => payReVote(tx, { mode, taskId, ...answer }));
  // In one tick of the event loop, so that all of it is one statement.
  const pay = () => Promise.all([...charge(), payouts.postPaid()]);
  const isSettled = payouts.held + payouts.paid > 0 && !payouts.payouts.some(isAwaited);
  return {
    payouts: payouts.payouts,
    isSettled,
    fee,
    chargedSats: isHeldFor ? paid + fee : 0n,
    pay,
  };
}

/**
 * The current fee; a task never costs more than its hold, regardless of later settings. If not even
 * the answers are covered, it stays as is, and the charge is rejected.
 */
function feeWithin(left: bigint, paid: bigint): bigint {
  const fee = feeSats(paid, feeTerms());
  return left >= 0n && left < fee ? left : fee;
}

/** No answer is known to be wrong, so they are paid although the task fails. */
async function settleUnsure(
  tx: Tx,
  task: TaskContext,
  judgement: Judgement,
  accepted: readonly Answer[],
): Promise<Settled> {
  const { row } = task;
  const { payouts, chargedSats, fee, pay } = await owe(tx, task, accepted);
  await transition(tx, {
    taskId: row.id,
    action: 'fail',
    by: 'verification',
    set: {
      confidence: judgement.confidence ?? null,
      confidenceBasis: judgement.confidenceBasis ?? null,
      verification: reportOf(judgement.verdicts),
      votesAccepted: accepted.length,
      chargedSats,
      feeSats: fee,
      failureCode: UNSURE,
      failureMessage: 'The answers agree too little for the target confidence.',
    },
    payouts,
  });
  await endOpenWork(tx, row.id, 'The task ended without a verified answer.');
  return { result: 'failed', pay };
}

async function settleRejection(
  tx: Tx,
  task: TaskContext,
  rejected: readonly JudgedAnswer[],
  accepted: readonly Answer[],
): Promise<Settled> {
  const { row } = task;
  const rejections = row.rejections + rejected.length;
  const last = rejected.at(-1)?.judgement;
  const set = {
    rejections,
    votesAccepted: accepted.length,
    verification: reportOf(last?.verdicts ?? []),
  };
  // A sown task is reserved for one worker, so nobody else gets it after a wrong answer.
  if (rejections < MAX_REJECTIONS && row.reservedFor === null) {
    const code = last?.reason?.code ?? 'rejected';
    const sent = await sendBack(tx, task, row.votesWanted, set, { reason: code });
    return { result: sent ? 'rejected' : 'again' };
  }
  await transition(tx, {
    taskId: row.id,
    action: 'fail',
    by: 'verification',
    set: {
      ...set,
      failureCode: last?.reason?.code ?? 'verification_failed',
      failureMessage: `No answer passed verification: ${last?.reason?.message ?? 'rejected'}`,
    },
  });
  await endOpenWork(tx, row.id, 'The task ended without a verified answer.');
  const pay = () => releaseHold(tx, { ...heldBy(row), reason: 'failed' });
  return { result: 'failed', pay };
}

async function settleNeedVote(
  tx: Tx,
  task: TaskContext,
  judgement: Judgement,
  accepted: readonly Answer[],
  rejections: number,
): Promise<Settled> {
  const { row } = task;
  const wanted = Math.min(row.maxVotes, Math.max(row.votesWanted, accepted.length + 1));
  const set = {
    votesWanted: wanted,
    votesAccepted: accepted.length,
    rejections: row.rejections + rejections,
    verification: reportOf(judgement.verdicts),
  };
  const sent = await sendBack(tx, task, wanted, set, { reason: 'need_vote' });
  return { result: sent ? 'need_vote' : 'again' };
}

/**
 * Returns the task to the queue with as many seats as votes are missing beyond current assignments.
 * @returns false if an answer is waiting to be judged, which comes first.
 */
async function sendBack(
  tx: Tx,
  task: TaskContext,
  votesWanted: number,
  set: TaskSet,
  data: { reason: string },
): Promise<boolean> {
  const taskId = task.row.id;
  const by = 'verification';
  const late = await tx.answer.count({ where: { taskId, status: 'pending' } });
  if (late > 0) {
    await recordTaskEvent(tx, { taskId, type: 'answer.judged', by, set, data });
    return false;
  }
  const { atWork, openSeats } = await countSeats(tx, { id: taskId, votesWanted });
  await voidReviews(tx, taskId);
  await transition(tx, { taskId, action: 'requeue', by, set: { ...set, openSeats }, data });
  // A worker with an open assignment keeps the task assigned.
  if (atWork > 0) await transition(tx, { taskId, action: 'assign', by });
  return true;
}

async function settleReview(
  tx: Tx,
  task: TaskContext,
  judgement: Judgement,
  accepted: readonly Answer[],
): Promise<Settled> {
  const review = await openReview(tx, task, judgement, true);
  await recordTaskEvent(tx, {
    taskId: task.row.id,
    type: 'review.opened',
    by: 'verification',
    set: { verification: reportOf(judgement.verdicts), votesAccepted: accepted.length },
    data: { reviewId: review, reason: judgement.reason?.code ?? 'need_review' },
  });
  return { result: 'need_review' };
}
