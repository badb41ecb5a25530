/** Stage 5: the consensus of the accepted answers, its confidence, and whether it suffices. */
import { AGENT_WEIGHS_FROM, agentLabelled, agentVotesWorth } from '../agent-weight';
import { needMoreVotes } from '../consensus/adaptive';
import type { ConfidenceBasis } from '../consensus/calibrator';
import { type Consensus, combineAnswers } from '../consensus/combine';
import type { Ballot } from '../consensus/field-vote';
import { decideAlike } from '../consensus/fields';
import { pointerOf } from '../consensus/json-value';
import { repeatedBy } from '../repeated-by';
import type { Json, JsonObject, Stage, StageContext, Verdict, VerdictReason } from '../stage';
import { isGold } from './gold';

/**
 * The answers that count as separate votes: workers who copy each other and give the same value
 * count as one vote, and another vote is requested instead.
 */
function independentVotes(ctx: StageContext): Ballot[] {
  const answers = [...ctx.peers, { ...ctx.answer, repeats: repeatedBy(ctx.earlier) }];
  const kept: (typeof answers)[number][] = [];
  for (const answer of answers) {
    const isRepeated = kept.some(
      (other) =>
        (answer.repeats?.includes(other.workerId) || other.repeats?.includes(answer.workerId)) &&
        decideAlike(ctx.task.outputSchema, other.output, answer.output),
    );
    if (!isRepeated) kept.push(answer);
  }
  return kept.map(({ workerId, output }) => ({ workerId, output }));
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
    fields: consensus.fields.map(({ field, confidence, tie, standardError, agreement }) => ({
      path: pointerOf(field.path),
      kind: field.kind,
      confidence,
      tie,
      ...(standardError === undefined ? {} : { standardError }),
      ...(agreement === undefined ? {} : { agreement }),
    })),
  };
}

export interface Proposal {
  output: Json;
  confidence: number;
  confidenceBasis: ConfidenceBasis;
  dissent: Json[];
}

/** A consensus verdict's proposal; null if the stage did not run. */
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
  message: 'The answers to this task did not reach the confidence that the customer requires.',
};

/** Whether the customer rejects an answer with this confidence. */
export function failsByConsensus(verdicts: readonly Verdict[]): VerdictReason | null {
  const verdict = verdicts.find(({ stage }) => stage === 'consensus');
  return verdict?.details?.fails === true ? NOT_SURE : null;
}

/** The agent's guess as a voter: whether it has weight yet, and its reported data. */
function agentOf({ guess, task, evidence, policy, validateOutput }: StageContext) {
  if (!guess || !validateOutput(guess.output).ok) return null;
  const { workerId, output, bucket } = guess;
  const labelled = agentLabelled(task.outputSchema, workerId, evidence);
  const weighs = labelled >= AGENT_WEIGHS_FROM;
  const ballot: Ballot = { workerId, output, isAgent: true };
  const details = (byPeople: Consensus): JsonObject => ({
    bucket,
    labelled,
    weighs,
    agrees: decideAlike(task.outputSchema, output, byPeople.output),
    ...(weighs
      ? {
          confidenceWithout: byPeople.confidence,
          votesWorth: agentVotesWorth(
            task.outputSchema,
            workerId,
            evidence,
            policy.consensus.openLabels,
          ),
        }
      : {}),
  });
  return { ballot, weighs, details };
}

/**
 * Votes are requested based on people's votes only, unless the type lets the agent replace some.
 * The final decision uses everything.
 */
function decide(ctx: StageContext, accepted: number, byPeople: Consensus, all: Consensus) {
  const { redundancy, riskTier, agentVotes } = ctx.task;
  const buying = agentVotes ? all : byPeople;
  const { votesRemaining } = ctx;
  const bought = needMoreVotes({ ...buying, accepted, votesRemaining }, redundancy, riskTier);
  if (bought.decision === 'need_vote') return bought;
  return needMoreVotes({ ...all, accepted, votesRemaining: 0 }, redundancy, riskTier);
}

export const consensusStage: Stage = {
  name: 'consensus',
  applies: (ctx) => !isGold(ctx),
  run(ctx) {
    const ballots = independentVotes(ctx);
    const votesOf = (all: readonly Ballot[]) =>
      combineAnswers(ctx.task.outputSchema, all, {
        policy: ctx.policy.consensus,
        evidence: ctx.evidence,
        validateOutput: ctx.validateOutput,
      });
    const repeated = ctx.peers.length + 1 - ballots.length;
    const agent = agentOf(ctx);
    const byPeople = votesOf(ballots);
    const consensus = agent?.weighs ? votesOf([...ballots, agent.ballot]) : byPeople;
    const { confidence } = consensus;
    const decision = decide(ctx, ballots.length, byPeople, consensus);
    const details = {
      ...detailsOf(consensus, ballots.length),
      ...(repeated > 0 ? { repeated } : {}),
      ...(agent ? { agent: agent.details(byPeople) } : {}),
    };
    const base = { stage: 'consensus' as const, score: confidence, details };
    if (decision.decision === 'pass') return { ...base, verdict: 'pass' };
    if (decision.decision === 'fail') {
      return { ...base, verdict: 'pass', reason: NOT_SURE, details: { ...details, fails: true } };
    }
    if (decision.decision === 'need_vote') {
      const reason = {
        code: 'more_votes_needed',
        message: 'Another worker will answer this task before it is decided.',
      };
      return { ...base, verdict: 'need_vote', reason };
    }
    const reason = { code: decision.code, message: REVIEW_MESSAGES[decision.code] };
    return { ...base, verdict: 'need_review', reason };
  },
};
