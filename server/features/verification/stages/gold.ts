/**
 * Stage 4: how far the worker can be relied on for this type, from golds. On a gold itself the
 * known answer decides. Elsewhere thin or bad evidence asks for one vote more than the minimum, not
 * for all: consensus already weighs every voter by the same evidence.
 */
import { doubt } from '../doubt';
import { matchesGold } from '../gold-match';
import { goldPosterior } from '../gold-posterior';
import type { Json, Stage, StageContext, Verdict } from '../stage';

/** The task is a gold for this worker: it has a known answer. */
export function isGold(ctx: Pick<StageContext, 'task'>): boolean {
  return ctx.task.goldExpected !== undefined;
}

/** Nothing further is bought or asked about its answer: it is a gold, or a re-vote on an appeal. */
export function standsAlone(ctx: Pick<StageContext, 'task'>): boolean {
  return isGold(ctx) || ctx.task.reVote === true;
}

function judgeGold(ctx: StageContext, expected: Json): Verdict {
  const { output } = ctx.answer;
  const correct = matchesGold(ctx.task.outputSchema, expected, output, ctx.policy.consensus);
  const details = { gold: { correct } };
  if (correct) return { stage: 'gold', verdict: 'pass', score: 1, details };
  const said =
    'This task had a known answer, and yours differs from it. You can say so if you disagree.';
  const reason = {
    code: 'gold_mismatch',
    message: [said, ctx.task.goldExplanation].filter(Boolean).join(' '),
  };
  return { stage: 'gold', verdict: 'reject', score: 0, reason, details };
}

export const goldStage: Stage = {
  name: 'gold',
  applies: () => true,
  run(ctx) {
    if (ctx.task.goldExpected !== undefined) return judgeGold(ctx, ctx.task.goldExpected);
    const { floor, pauseBelow } = ctx.policy.gold;
    const posterior = goldPosterior(ctx.worker.gold, ctx.poolGold, ctx.policy.gold);
    const { mean, lower, upper } = posterior;
    const pauseSkill = upper < pauseBelow;
    const details = {
      posterior: { ...posterior },
      golds: ctx.worker.gold.total,
      floor,
      ...(pauseSkill ? { pauseSkill } : {}),
    };
    if (lower >= floor && !pauseSkill) {
      return { stage: 'gold', verdict: 'pass', score: mean, details };
    }
    const { minVotes, maxVotes } = ctx.task.redundancy;
    const enough = Math.min(maxVotes, minVotes + 1);
    if (maxVotes > 1 && ctx.peers.length + 1 >= enough) {
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
          message: 'Your answers to tasks with a known answer were too often wrong for this type.',
        }
      : {
          code: 'accuracy_unproven',
          message:
            'Your accuracy on this type is not proven yet, so somebody else answers as well.',
        };
    return doubt(ctx, 'gold', { score: mean, reason, details });
  },
};
