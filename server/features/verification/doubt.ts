/**
 * What a doubt about one answer leads to, the same for every stage that can only doubt: another
 * opinion while one can be had; then a reviewer where the stakes are high, and else an answer that
 * goes through with the mark that somebody should look at it afterwards.
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
 * Whether one vote more than the minimum is there already. What is known of a worker as such asks for no
 * more: consensus weighs every voter by the same evidence.
 */
export function isCovered({ task, peers }: Pick<StageContext, 'task' | 'peers'>): boolean {
  const { minVotes, maxVotes } = task.redundancy;
  return maxVotes > 1 && peers.length + 1 >= Math.min(maxVotes, minVotes + 1);
}
