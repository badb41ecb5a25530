/** Stage 5: what the accepted answers say together, how sure that is, and whether it suffices. */
import { needMoreVotes } from '../consensus/adaptive';
import type { ConfidenceBasis } from '../consensus/calibrator';
import { type Consensus, combineAnswers } from '../consensus/combine';
import type { Ballot } from '../consensus/field-vote';
import { pointerOf } from '../consensus/json-value';
import type { Json, JsonObject, Stage, StageContext, Verdict, VerdictReason } from '../stage';
import { isGold } from './gold';

/** All accepted answers, the one under judgement last. */
export function ballotsOf({ peers, answer }: Pick<StageContext, 'peers' | 'answer'>): Ballot[] {
  return [...peers, answer].map(({ workerId, output }) => ({ workerId, output }));
}

function detailsOf(consensus: Consensus, votes: number): JsonObject {
  return {
    output: consensus.output,
    confidence: consensus.confidence,
    basis: consensus.basis,
    dissent: consensus.dissent,
    votes,
    tie: consensus.tie,
    source: consensus.source,
    fields: consensus.fields.map(({ field, confidence, tie, standardError }) => ({
      path: pointerOf(field.path),
      kind: field.kind,
      confidence,
      tie,
      ...(standardError === undefined ? {} : { standardError }),
    })),
  };
}

export interface Proposal {
  output: Json;
  confidence: number;
  confidenceBasis: ConfidenceBasis;
  dissent: Json[];
}

/** What a consensus verdict proposes; null when the stage did not run. */
export function proposalOf(verdict: Verdict | undefined): Proposal | null {
  const { output, confidence, basis, dissent } = verdict?.details ?? {};
  if (output === undefined || typeof confidence !== 'number' || !Array.isArray(dissent)) {
    return null;
  }
  return { output, confidence, confidenceBasis: basis as ConfidenceBasis, dissent };
}

const REVIEW_MESSAGES = {
  tied_votes: 'The answers to this task are evenly divided, so a reviewer decides.',
  confidence_not_reached: 'The answers to this task disagree too much, so a reviewer decides.',
};

const NOT_SURE: VerdictReason = {
  code: 'confidence_not_reached',
  message: 'The answers to this task are not sure enough for who asked.',
};

/** Whether the customer wants no answer that is as unsure as this one. */
export function failsByConsensus(verdicts: readonly Verdict[]): VerdictReason | null {
  const verdict = verdicts.find(({ stage }) => stage === 'consensus');
  return verdict?.details?.fails === true ? NOT_SURE : null;
}

export const consensusStage: Stage = {
  name: 'consensus',
  applies: (ctx) => !isGold(ctx),
  run(ctx) {
    const ballots = ballotsOf(ctx);
    const consensus = combineAnswers(ctx.task.outputSchema, ballots, {
      policy: ctx.policy.consensus,
      evidence: ctx.evidence,
      validateOutput: ctx.validateOutput,
    });
    const { confidence } = consensus;
    const count = { ...consensus, accepted: ballots.length, votesRemaining: ctx.votesRemaining };
    const decision = needMoreVotes(count, ctx.task.redundancy, ctx.task.riskTier);
    const details = detailsOf(consensus, ballots.length);
    const base = { stage: 'consensus' as const, score: confidence, details };
    if (decision.decision === 'pass') return { ...base, verdict: 'pass' };
    if (decision.decision === 'fail') {
      return { ...base, verdict: 'pass', reason: NOT_SURE, details: { ...details, fails: true } };
    }
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
