/**
 * From data to an outcome: `judge` runs the six stages and combines their verdicts. `runStage` runs
 * one of them, for displaying a stage separately.
 */
import { isDeepStrictEqual } from 'node:util';
import type {
  Judgement,
  LoadedContext,
  Stage,
  StageContext,
  Verdict,
  VerdictKind,
  VerdictReason,
} from './stage';
import { STAGES } from './stages';
import { failsByConsensus, proposalOf } from './stages/consensus';
import { standsAlone } from './stages/gold';
import { qaStage } from './stages/qa';

/**
 * Runs one stage after those in `earlier`. Skipped if it does not apply, or after a rejection; a
 * reviewer's decision still applies after one, as in an appeal.
 */
export function runStage(
  stage: Stage,
  ctx: Omit<StageContext, 'earlier'>,
  earlier: readonly Verdict[],
): Verdict {
  const own = { ...ctx, earlier };
  const rejected = earlier.some((verdict) => verdict.verdict === 'reject');
  const heard = !rejected || ctx.review !== undefined;
  if (!heard || !stage.applies(own)) return { stage: stage.name, verdict: 'skipped', score: null };
  return stage.run(own);
}

function firstOf(verdicts: readonly Verdict[], kind: VerdictKind): Verdict | undefined {
  return verdicts.find((verdict) => verdict.verdict === kind);
}

/**
 * Combines the verdicts. A reviewer's decision overrides all other stages. Without one: a rejection
 * ends it, a missing vote is requested before a review, and a requested review keeps the task open.
 * On a gold the answer is known, and a re-vote is one person's opinion, so doubts have no effect
 * there: the answer is accepted or rejected.
 */
function concludeVerdicts(
  ctx: Omit<StageContext, 'earlier'>,
  verdicts: readonly Verdict[],
): Judgement {
  const alone = standsAlone(ctx);
  const settling = ctx.review ? verdicts.filter(({ stage }) => stage === 'qa') : verdicts;
  const reject = firstOf(settling, 'reject');
  const vote = alone ? undefined : firstOf(settling, 'need_vote');
  const review = alone && !ctx.review ? undefined : firstOf(settling, 'need_review');
  const deciding = reject ?? vote ?? review;
  const unsure = ctx.review || deciding ? null : failsByConsensus(verdicts);
  const proposal = proposalOf(verdicts.find(({ stage }) => stage === 'consensus'));
  return {
    verdicts: [...verdicts],
    ...(unsure ? { outcome: 'unsure', reason: unsure } : outcomeOf(deciding)),
    ...(reject ? {} : answerOf(ctx, proposal)),
    auditRequested: !alone && verdicts.some(({ details }) => details?.auditRequested === true),
  };
}

function outcomeOf(deciding: Verdict | undefined): {
  outcome: Judgement['outcome'];
  reason?: VerdictReason;
} {
  const kind = deciding?.verdict;
  const outcome =
    kind === 'reject' || kind === 'need_vote' || kind === 'need_review' ? kind : 'verified';
  return deciding?.reason ? { outcome, reason: deciding.reason } : { outcome };
}

/** The correction, the consensus, or (on a gold, where there is no consensus) the answer itself. */
function answerOf(
  ctx: Omit<StageContext, 'earlier'>,
  proposal: ReturnType<typeof proposalOf>,
): Pick<Judgement, 'output' | 'confidence' | 'confidenceBasis' | 'dissent'> {
  // Reviewers are people too, and not always right.
  const reviewed = ctx.policy.consensus.accuracyCap;
  const { decision, output } = ctx.review ?? {};
  // The accepted value is kept, even if evidence has changed the votes since.
  const settles = decision === 'correct' || !isDeepStrictEqual(output, proposal?.output);
  if (ctx.review && decision !== 'reject' && output !== undefined && settles) {
    const all = proposal ? [proposal.output, ...proposal.dissent] : [ctx.answer.output];
    // In a tie, the reviewer may have chosen one of the tied values.
    const said = all.filter((each) => !isDeepStrictEqual(each, output));
    const confidenceBasis = proposal?.confidenceBasis ?? 'uncalibrated';
    return { output, confidence: reviewed, confidenceBasis, dissent: said };
  }
  if (decision === 'accept') {
    const said = proposal ?? {
      output: ctx.answer.output,
      dissent: [],
      confidence: 0,
      confidenceBasis: 'uncalibrated',
    };
    return { ...said, confidence: Math.max(said.confidence, reviewed) };
  }
  return proposal ?? { output: ctx.answer.output };
}

/** Runs all six stages in order. Pure: equal contexts give equal judgements. */
export function judge(ctx: Omit<StageContext, 'earlier'>): Judgement {
  const verdicts: Verdict[] = [];
  for (const stage of STAGES) verdicts.push(runStage(stage, ctx, verdicts));
  return concludeVerdicts(ctx, verdicts);
}

/** If the customer's own schema and rules make an answer too expensive to judge, a reviewer decides. */
const TOO_COSTLY: VerdictReason = {
  code: 'too_costly',
  message: 'A reviewer will check the answer, because the automatic check takes too long.',
};

/** The judgement of an answer whose stages could not run: a reviewer's decision, or a request for one. */
export function judgeUnchecked(ctx: LoadedContext): Judgement {
  // A correction was validated when the reviewer sent it.
  const whole = { ...ctx, validateOutput: () => ({ ok: true as const }) };
  const verdicts: Verdict[] = STAGES.map(({ name }) =>
    name === 'schema'
      ? { stage: name, verdict: 'need_review', score: null, reason: TOO_COSTLY }
      : { stage: name, verdict: 'skipped', score: null },
  );
  const qa = qaStage.run({ ...whole, earlier: verdicts });
  return concludeVerdicts(whole, [...verdicts.slice(0, -1), qa]);
}
