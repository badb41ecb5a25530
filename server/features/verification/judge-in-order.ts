/** Judges a task's answers one after another, each with the previously accepted ones as peers. Pure. */

import type { JudgedOutcome } from '@/server/features/tasks';
import type { Evidence } from './consensus/evidence-facts';
import { evidenceOf } from './evidence-of';
import { latelyOf, type RecentRow, type SaidIn } from './lately';
import { marksOf, type PeerMarks } from './peer-marks';
import type { GuessFacts, Judgement, LoadedContext, PeerAnswer, WorkerFacts } from './stage';

/** An answer, and the data about its worker. */
export interface LoadedAnswer extends Pick<LoadedContext, 'answer' | 'otherTexts' | 'qaDraw'> {
  /** The worker's earlier answers, newest first. */
  recent: readonly RecentRow[];
  worker: Omit<WorkerFacts, 'recentLabels' | 'labelMix' | 'track' | 'trackIsWhole'>;
}

/** A task with the answers to judge. */
export interface LoadedRound
  extends Pick<LoadedContext, 'task' | 'typeStats' | 'poolGold' | 'policy' | 'review'> {
  pending: readonly LoadedAnswer[];
  /** Accepted earlier. */
  accepted: readonly PeerAnswer[];
  votesWanted: number;
  /** How many further answers may be requested: up to the maximum, only up to the minimum, or none. */
  moreVotes: 'all' | 'minimum' | 'none';
  /** Of all who answered, and of the agent's guess. */
  evidence: Evidence;
  guess?: GuessFacts;
}

/** The judgement of a task's answers. */
export interface JudgedRound {
  /** For the first of the pending answers, as many as needed. */
  judgements: readonly Judgement[];
  /** Data for the charts about a verified task. */
  outcome?: JudgedOutcome;
}

/** @returns the judgements of the first of the pending answers: as many as needed. */
export function judgeInOrder(
  round: LoadedRound,
  saidIn: SaidIn,
  judge: (ctx: LoadedContext) => Judgement,
): Judgement[] {
  const { pending, task } = round;
  const accepted = [...round.accepted];
  const judgements: Judgement[] = [];
  for (const one of pending) {
    if (accepted.length >= task.redundancy.maxVotes) break;
    const judgement = judge(contextOf(round, one, accepted, saidIn));
    judgements.push(judgement);
    if (settlesRound(round, accepted, judgement)) break;
    if (judgement.outcome !== 'reject')
      accepted.push(peerOf(one.answer, marksOf(judgement.verdicts)));
  }
  return judgements;
}

/** Same, with each answer judged in a separate call. */
export async function judgeApart(
  round: LoadedRound,
  judgeOne: (round: LoadedRound) => Promise<JudgedRound>,
): Promise<JudgedRound> {
  const judgements: Judgement[] = [];
  let { accepted } = round;
  let last: JudgedRound | undefined;
  for (const one of round.pending) {
    const judged = await judgeOne({ ...round, pending: [one], accepted });
    const [judgement] = judged.judgements;
    if (!judgement) break;
    judgements.push(judgement);
    if (judgement.outcome === 'reject') continue;
    last = judged;
    if (settlesRound(round, accepted, judgement)) break;
    accepted = [...accepted, peerOf(one.answer, marksOf(judgement.verdicts))];
  }
  return { judgements, ...(last?.outcome ? { outcome: last.outcome } : {}) };
}

/**
 * Whether to stop judging: an answer in addition to those requested, such as a backup's, is not
 * paid if it was not needed.
 */
function settlesRound(
  { votesWanted }: Pick<LoadedRound, 'votesWanted'>,
  accepted: readonly PeerAnswer[],
  { outcome }: Judgement,
): boolean {
  return outcome === 'verified' && accepted.length + 1 >= votesWanted;
}

/** An accepted answer, as a peer of the next one. */
export function peerOf(answer: Omit<PeerAnswer, keyof PeerMarks>, marks: PeerMarks): PeerAnswer {
  const { id, workerId, output, deviceHash, networkHash } = answer;
  return { ...marks, id, workerId, output, deviceHash, networkHash };
}

function contextOf(
  round: LoadedRound,
  { answer, recent, worker, otherTexts, qaDraw }: LoadedAnswer,
  peers: readonly PeerAnswer[],
  saidIn: SaidIn,
): LoadedContext {
  const { task, typeStats, poolGold, policy, review, guess } = round;
  const usual = { typeStats, poolGold, policy };
  const lately = latelyOf(recent, { workerId: answer.workerId, saidIn, usual });
  const workerIds = [answer, ...peers, ...(guess ? [guess] : [])].map(({ workerId }) => workerId);
  return {
    ...{ task, typeStats, poolGold, policy, answer, peers, otherTexts, qaDraw },
    votesRemaining: votesRemaining(round, peers.length + 1),
    worker: { ...worker, ...lately },
    evidence: evidenceOf(round.evidence, workerIds),
    ...(guess ? { guess } : {}),
    ...(review ? { review } : {}),
  };
}

function votesRemaining({ task, moreVotes }: LoadedRound, inHand: number): number {
  const { minVotes, maxVotes } = task.redundancy;
  if (moreVotes === 'none' || (moreVotes === 'minimum' && inHand >= minVotes)) return 0;
  return Math.max(0, maxVotes - inHand);
}
