/**
 * The consequence of a doubt about one answer, the same for every stage that can only doubt:
 * another vote if one is available; otherwise a reviewer if the stakes are high, else the answer
 * passes with a request for a later audit.
 */
import type { JsonObject, StageContext, StageName, Verdict, VerdictReason } from './stage';

export function doubt(
  ctx: StageContext,
  stage: StageName,
  rest: { score: number | null; reason: VerdictReason; details: JsonObject },
): Verdict {
  if (ctx.votesRemaining > 0) return { stage, verdict: 'need_vote', ...rest };
  const highStakes = ctx.task.riskTier === 'high' || ctx.task.riskTier === 'critical';
  if (highStakes) return { stage, verdict: 'need_review', ...rest };
  const { score, details } = rest;
  return { stage, verdict: 'pass', score, details: { ...details, auditRequested: true } };
}

/**
 * Whether there is already one vote more than the minimum. Doubts about a worker in general request
 * no more: consensus weighs every voter by the same evidence.
 */
export function isCovered({ task, peers }: Pick<StageContext, 'task' | 'peers'>): boolean {
  const { minVotes, maxVotes } = task.redundancy;
  return maxVotes > 1 && peers.length + 1 >= Math.min(maxVotes, minVotes + 1);
}
