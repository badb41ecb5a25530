/** A signal that two workers copy each other: they agree more often than being right explains. */
import { logBeta } from '../special-functions';
import type { StageContext, TrackedAnswer } from '../stage';
import { SILENT, type Signal } from './signal';

/** Minimum number of common tasks of two compared workers. */
const SHARED_MIN = 6;
/** Minimum number of tasks shared with others, to estimate how often the worker agrees with them. */
const REST_MIN = 10;
/** A copyist agrees at least nine times in ten: the first share is distributed as Beta(9, 1). */
const REPEATING = 9;
const EDGE = 1e-9;
const THIRDS = 25;

interface Tally {
  agreed: number;
  total: number;
}

function tallyOf(answers: readonly TrackedAnswer[]): Tally {
  return { agreed: answers.reduce((sum, { score }) => sum + score, 0), total: answers.length };
}

function logLikelihood({ agreed, total }: Tally, p: number): number {
  const differed = total - agreed;
  return (agreed > 0 ? agreed * Math.log(p) : 0) + (differed > 0 ? differed * Math.log1p(-p) : 0);
}

/** The likelihood of a share distributed as Beta(a, 1). */
function logMarginal({ agreed, total }: Tally, a: number): number {
  return logBeta(agreed + a, total - agreed + 1) - logBeta(a, 1);
}

/**
 * Evidence, as a logarithm (an e-value by universal inference), that a worker agrees with one
 * partner more often than being right allows. A partner who knows the truth agrees with a worker as
 * often as the worker is right, which is at most r/m: the rate r at which others agree with the
 * worker, divided by their own accuracy m. Both rates are unknown, so the data's mixture is
 * compared with the best pair with θ ≤ r/m.
 */
export function evidenceOfRepeating(pair: Tally, rest: Tally, accuracy: number): number {
  const at = (r: number) => {
    const bound = Math.min(1 - EDGE, r / accuracy);
    const theta = Math.max(EDGE, Math.min(pair.agreed / pair.total, bound));
    return logLikelihood(rest, r) + logLikelihood(pair, theta);
  };
  // Concave in r, as the maximum of a concave function below a bound that is linear in it.
  let low = EDGE;
  let high = 1 - EDGE;
  for (let i = 0; i < THIRDS; i++) {
    const third = (high - low) / 3;
    if (at(low + third) < at(high - third)) low += third;
    else high -= third;
  }
  const most = at((low + high) / 2);
  return logMarginal(pair, REPEATING) + logMarginal(rest, 1) - most;
}

/**
 * The partners copied by, or copying, a worker, with the evidence: each individually, and jointly
 * all those the worker meets far more often than others. They share a level of `alpha`. Candidates
 * are chosen by the number of common tasks, never by their answers.
 */
export function repeatedPartners(
  { worker, typeStats }: Pick<StageContext, 'worker' | 'typeStats'>,
  alpha: number,
): { workerId: string; logEvidence: number }[] {
  if (!typeStats.agreement) return [];
  const shared = worker.track.filter((answer) => answer.with !== undefined);
  const byPartner = new Map<string, TrackedAnswer[]>();
  for (const answer of shared) {
    const known = byPartner.get(answer.with ?? '');
    if (known) known.push(answer);
    else byPartner.set(answer.with ?? '', [answer]);
  }
  const frequent = [...byPartner].filter(([, { length }]) => length >= SHARED_MIN);
  const ring = frequent.flatMap(([id, all]) => (all.every(({ weighs }) => !weighs) ? [id] : []));
  const candidates = frequent.map(([id]) => [id]);
  if (ring.length > 1) candidates.push(ring);
  const enough = -Math.log(alpha / Math.max(1, candidates.length));
  const accuracy = Math.sqrt(typeStats.agreement.share);
  const found = new Map<string, number>();
  for (const partners of candidates) {
    const pair = partners.flatMap((id) => byPartner.get(id) ?? []);
    // The other members of a ring do not measure independent opinion.
    const rest = shared.filter((each) => each.weighs && !partners.includes(each.with ?? ''));
    if (rest.length < REST_MIN) continue;
    const logEvidence = evidenceOfRepeating(tallyOf(pair), tallyOf(rest), accuracy);
    if (logEvidence < enough) continue;
    for (const id of partners) found.set(id, Math.max(found.get(id) ?? 0, logEvidence));
  }
  return [...found].map(([workerId, logEvidence]) => ({ workerId, logEvidence }));
}

/** Never strong: two workers may have learnt the same mistake. */
export const repeatedAnswers: Signal = {
  id: 'repeated_answers',
  family: 'device',
  isOfAccuracy: true,
  nullHypothesis:
    'Two workers answer independently of each other, so they agree at most as often as the less accurate of them is right.',
  falsePositiveTarget: 0.01,
  message: 'Recent answers repeat those of one other worker, where others say something else.',
  read(ctx) {
    const [first, ...more] = repeatedPartners(ctx, ctx.policy.anomaly.accuracyAlpha);
    if (!first) return SILENT;
    const strongest = Math.max(...[first, ...more].map(({ logEvidence }) => logEvidence));
    return {
      level: 'weak',
      statistic: Math.exp(-strongest),
      workers: [first, ...more].map(({ workerId }) => workerId),
    };
  },
};
