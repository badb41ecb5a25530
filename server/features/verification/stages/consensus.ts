/** Stage 5: what the accepted answers say together, how sure that is, and whether it suffices. */
import { needMoreVotes } from '../consensus/adaptive';
import { type Consensus, combineAnswers } from '../consensus/combine';
import { pointerOf } from '../consensus/crowd-model';
import { meanAccuracy } from '../gold-posterior';
import type { Json, JsonObject, Stage, StageContext, Verdict } from '../stage';
import { isGold } from './gold';

const NO_GOLD = { correct: 0, total: 0 };

/** All accepted answers, the one under judgement last, as weighted ballots. */
function ballotsOf(ctx: StageContext) {
  return [...ctx.peers, ctx.answer].map(({ workerId, output }) => {
    const tally =
      ctx.voterGold[workerId] ?? (workerId === ctx.answer.workerId ? ctx.worker.gold : NO_GOLD);
    return { workerId, output, accuracy: meanAccuracy(tally, ctx.poolGold, ctx.policy.gold) };
  });
}

function detailsOf(consensus: Consensus, votes: number): JsonObject {
  return {
    output: consensus.output,
    confidence: consensus.confidence,
    dissent: consensus.dissent,
    votes,
    tie: consensus.tie,
    source: consensus.source,
    fields: consensus.fields.map(({ field, confidence, tie, scale }) => ({
      path: pointerOf(field.path),
      kind: field.kind,
      confidence,
      tie,
      ...(scale === undefined ? {} : { scale }),
    })),
  };
}

/** What a consensus verdict proposes; null when the stage did not run. */
export function proposalOf(
  verdict: Verdict | undefined,
): { output: Json; confidence: number; dissent: Json[] } | null {
  const { output, confidence, dissent } = verdict?.details ?? {};
  if (output === undefined || typeof confidence !== 'number' || !Array.isArray(dissent)) {
    return null;
  }
  return { output, confidence, dissent };
}

const REVIEW_MESSAGES = {
  tied_votes: 'The answers to this task are evenly divided, so a reviewer decides.',
  confidence_not_reached: 'The answers to this task disagree too much, so a reviewer decides.',
};

export const consensusStage: Stage = {
  name: 'consensus',
  applies: (ctx) => !isGold(ctx),
  run(ctx) {
    const ballots = ballotsOf(ctx);
    const consensus = combineAnswers(ctx.task.outputSchema, ballots, {
      policy: ctx.policy.consensus,
      validateOutput: ctx.validateOutput,
      crowdModel: ctx.crowdModel,
    });
    // One vote alone is as sure as its voter, whatever its fields are and beyond the cap too.
    const [only] = ballots;
    const confidence = ballots.length === 1 && only ? only.accuracy : consensus.confidence;
    const decision = needMoreVotes(
      {
        accepted: ballots.length,
        votesRemaining: ctx.votesRemaining,
        confidence,
        tie: consensus.tie,
      },
      ctx.task.redundancy,
      ctx.task.riskTier,
    );
    const details = detailsOf({ ...consensus, confidence }, ballots.length);
    const base = { stage: 'consensus' as const, score: confidence, details };
    if (decision.decision === 'pass') return { ...base, verdict: 'pass' };
    if (decision.decision === 'need_vote') {
      const reason = {
        code: 'more_votes_needed',
        message: 'Somebody else answers this task as well before it is decided.',
      };
      return { ...base, verdict: 'need_vote', reason };
    }
    const reason = { code: decision.code, message: REVIEW_MESSAGES[decision.code] };
    return { ...base, verdict: 'need_review', reason };
  },
};
