/**
 * Stage 6: the spot check. A reviewer's decision settles the task; without one, critical tasks and
 * those for which an earlier stage requested a review wait for it, and a random sample of the rest
 * is audited later.
 */
import type { JsonObject, ReviewDecision, Stage, StageContext, Verdict } from '../stage';
import { standsAlone } from './gold';

function settle(ctx: StageContext, review: ReviewDecision): Verdict {
  const details = { review: review.decision };
  if (review.decision === 'reject') {
    const message = review.note ?? 'A reviewer found that the answer does not solve the task.';
    return {
      stage: 'qa',
      verdict: 'reject',
      score: 0,
      reason: { code: 'review_rejected', message },
      details,
    };
  }
  if (review.decision === 'accept') return { stage: 'qa', verdict: 'pass', score: 1, details };
  const valid = review.output !== undefined && ctx.validateOutput(review.output).ok;
  if (valid) return { stage: 'qa', verdict: 'pass', score: 1, details };
  return {
    stage: 'qa',
    verdict: 'need_review',
    score: null,
    reason: {
      code: 'invalid_correction',
      message: 'The correction does not match the output schema. Enter it again.',
    },
    details,
  };
}

/** The first reason for which a person must decide before the task can be verified. */
function reviewWanted(ctx: StageContext): { code: string; message: string } | null {
  const asking = ctx.earlier.find((verdict) => verdict.verdict === 'need_review');
  if (asking?.reason) return asking.reason;
  if (asking || ctx.peers.some((peer) => peer.reviewRequested)) {
    return { code: 'review_requested', message: 'A reviewer will check the answers to this task.' };
  }
  if (!ctx.policy.qa.alwaysReview) return null;
  return { code: 'review_required', message: 'A reviewer checks every task of this risk tier.' };
}

export const qaStage: Stage = {
  name: 'qa',
  applies: (ctx) =>
    ctx.review !== undefined ||
    (!standsAlone(ctx) && !ctx.earlier.some((verdict) => verdict.verdict === 'need_vote')),
  run(ctx) {
    if (ctx.review) return settle(ctx, ctx.review);
    const reason = reviewWanted(ctx);
    if (reason) return { stage: 'qa', verdict: 'need_review', score: null, reason };
    const sampled = ctx.qaDraw < ctx.policy.qa.sampleRate;
    const details: JsonObject = sampled ? { auditRequested: true, sampled } : { sampled };
    return { stage: 'qa', verdict: 'pass', score: null, details };
  },
};
