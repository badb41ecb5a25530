/**
 * Stage 4: the worker's reliability for this type, from golds. On a gold itself the known answer
 * decides. Elsewhere little or bad evidence requests one vote more than the minimum, not all:
 * consensus already weighs every voter by the same evidence.
 */
import { doubt, isCovered } from '../doubt';
import { shareOfGold } from '../gold-match';
import { goldPosterior } from '../gold-posterior';
import { isPauseDue } from '../pause-rule';
import type { Json, Stage, StageContext, Verdict } from '../stage';

/** Whether the task is a gold for this worker. */
export function isGold(ctx: Pick<StageContext, 'task'>): boolean {
  return ctx.task.goldExpected !== undefined;
}

/** Whether its answer needs no further votes or reviews: it is a gold, or a re-vote on an appeal. */
export function standsAlone(ctx: Pick<StageContext, 'task'>): boolean {
  return isGold(ctx) || ctx.task.reVote === true;
}

/**
 * Limits daily feedback to the worker, so that golds cannot be mined: beyond the limit, a wrong
 * answer is rejected without the explanation, and a right one gets no feedback.
 */
function judgeGold(ctx: StageContext, expected: Json): Verdict {
  const { output } = ctx.answer;
  const { feedback, feedbackPerDay } = ctx.policy.gold;
  const share = shareOfGold(ctx.task.outputSchema, expected, output, ctx.policy.consensus);
  const correct = share === 1;
  const told = ctx.worker.goldsTold < feedbackPerDay && (feedback || !correct);
  const details = { gold: { correct, told, share } };
  const explanation = told ? ctx.task.goldExplanation : undefined;
  if (correct && !told) return { stage: 'gold', verdict: 'pass', score: 1, details };
  const said = correct
    ? 'This task had a known answer, and you gave it.'
    : 'This task had a known answer, and yours differs from it. You can say so if you disagree.';
  const reason = {
    code: correct ? 'gold_match' : 'gold_mismatch',
    message: [said, explanation].filter(Boolean).join(' '),
  };
  return correct
    ? { stage: 'gold', verdict: 'pass', score: 1, reason, details }
    : { stage: 'gold', verdict: 'reject', score: 0, reason, details };
}

/**
 * Without golds nothing can be proven about a type's workers; if little is at stake, tasks do not
 * wait for evidence.
 */
function hasNoGolds({ task, worker, poolGold }: StageContext): boolean {
  const isLight = task.riskTier === 'low' || task.riskTier === 'medium';
  return isLight && worker.gold.total === 0 && poolGold.total === 0;
}

export const goldStage: Stage = {
  name: 'gold',
  applies: () => true,
  run(ctx) {
    if (ctx.task.goldExpected !== undefined) return judgeGold(ctx, ctx.task.goldExpected);
    const { floor } = ctx.policy.gold;
    const posterior = goldPosterior(ctx.worker.gold, ctx.poolGold, ctx.policy.gold);
    const { mean, lower } = posterior;
    const pauseSkill = isPauseDue(ctx.worker.goldSince, ctx.poolGold, ctx.policy.gold);
    const details = {
      posterior: { ...posterior },
      golds: ctx.worker.gold.total,
      floor,
      ...(pauseSkill ? { pauseSkill } : {}),
    };
    if (lower >= floor && !pauseSkill) {
      return { stage: 'gold', verdict: 'pass', score: mean, details };
    }
    if (hasNoGolds(ctx)) {
      return {
        stage: 'gold',
        verdict: 'pass',
        score: mean,
        details: { ...details, unmeasured: true },
      };
    }
    if (isCovered(ctx)) {
      return {
        stage: 'gold',
        verdict: 'pass',
        score: mean,
        details: { ...details, covered: true },
      };
    }
    const reason = pauseSkill
      ? {
          code: 'accuracy_too_low',
          message:
            'Too many of your answers to tasks with a known answer were wrong for this type.',
        }
      : {
          code: 'accuracy_unproven',
          message:
            'Your accuracy on this type is not proven yet, so somebody else answers as well.',
        };
    return doubt(ctx, 'gold', { score: mean, reason, details });
  },
};
