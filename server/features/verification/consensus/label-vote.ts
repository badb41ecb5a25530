/**
 * One vote among labels, by naive Bayes from the voters' record on labelled tasks: the formulas of
 * `gold-naive-bayes.ts`, with a pool strength learnt from the voters' golds, and in sparse form,
 * because a matrix of thousands of labels is mostly empty.
 */

import { logGamma } from '../special-functions';
import { accuracyWith } from './elsewhere';
import type { FacetEvidence } from './evidence-facts';
import { averageWithFitted } from './fitted-models';
import {
  accuracyOf,
  logLikelihoodOf,
  poolAccuracyOf,
  softmaxRow,
  symmetric,
  type Tally,
} from './gold-naive-bayes';
import { tallyOf } from './tally';
import type { LabelVote } from './vote-table';

export interface LabelResult {
  /** P(label), k numbers that sum to 1. */
  posterior: Float64Array;
  /** The most probable label among those given; on ties the most frequent one. */
  winner: number;
  /** Whether another given label is equally probable. */
  tie: boolean;
  /** P(a worker without golds is right). */
  poolAccuracy: number;
}

/** Mean golds per voter from which labels have their own error rates, and classes their own shares. */
const MATRIX_FROM = 5;
const TIE_TOLERANCE = 1e-9;
/** Candidate strengths of the pool in golds; the golds determine their weights. */
const STRENGTHS = [4, 8, 16, 32, 64, 128, 256];
/** Bounds accuracies, so that an error is never impossible. */
const POOL_MAX = 0.995;
/** Hypotheses below this weight do not change any displayed digit. */
const SHARE_MIN = 1e-12;
const NO_GOLD: Tally = { right: 0, total: 0 };

/**
 * Without golds, the majority. With few, each voter has one accuracy; with more, a confusion
 * matrix. If a refit found that other models predict labelled tasks better, they are averaged with
 * it. Needs a person's vote.
 * @param k Number of labels, at least 1.
 * @param share The fraction of a question, for an item of a set one divided by the number of items.
 * @param edgeOf A voter's advantage over others in the type's other facets (`edgeElsewhere`).
 */
export function voteOnLabels(
  votes: readonly LabelVote[],
  k: number,
  evidence: FacetEvidence | undefined,
  share = 1,
  edgeOf: (workerId: string) => number | null = () => null,
): LabelResult {
  const poolAccuracy = poolAccuracyOf(evidence?.pool ?? NO_GOLD, k, share);
  const voters = votes.map(({ workerId, label }) => voterOf(evidence, workerId, label, k));
  const meanGolds = voters.reduce((sum, { total }) => sum + total, 0) / votes.length;
  const hasMatrices = meanGolds >= MATRIX_FROM;
  const prior = classLogs(hasMatrices ? evidence : undefined, k);
  const posterior = new Float64Array(k);
  const edges = hasMatrices ? votes.map(({ workerId }) => edgeOf(workerId)) : [];
  for (const { share, ...belief } of weighedBeliefs(voters, poolAccuracy, edges, k)) {
    if (share < SHARE_MIN) continue;
    const believed = posteriorOf(voters, belief, prior, hasMatrices);
    for (let j = 0; j < k; j++) posterior[j] = (posterior[j] ?? 0) + share * (believed[j] ?? 0);
  }
  const { models } = evidence ?? {};
  const averaged = models ? averageWithFitted(posterior, votes, models) : posterior;
  return { posterior: averaged, ...winnerOf(averaged, votes), poolAccuracy };
}

/** P(label) under a hypothesis about the voters, combined with their golds. */
function posteriorOf(
  voters: readonly Voter[],
  { strength, means }: Belief,
  prior: Float64Array,
  hasMatrices: boolean,
): Float64Array {
  const k = prior.length;
  const logs = prior.slice();
  for (const [v, voter] of voters.entries()) {
    const accuracy = accuracyOf(voter, means[v] ?? 0, strength);
    for (let j = 0; j < k; j++) {
      const alike = symmetric(accuracy, j, voter.label, k);
      const { counts, totals } = voter;
      const own = hasMatrices ? ([counts[j], totals[j]] as const) : ([0, 0] as const);
      logs[j] = (logs[j] ?? 0) + logLikelihoodOf(alike, ...own, strength);
    }
  }
  softmaxRow(logs, 0, k);
  return logs;
}

function classLogs(evidence: FacetEvidence | undefined, k: number): Float64Array {
  const { classPrior } = evidence ?? {};
  return classPrior?.length === k ? Float64Array.from(classPrior, Math.log) : new Float64Array(k);
}

/** A vote, and its voter's golds. */
interface Voter extends Tally {
  label: number;
  /** By true label: golds on which the voter gave this label, was right, and all of them. */
  counts: Float64Array;
  rights: Float64Array;
  totals: Float64Array;
}

function voterOf(
  evidence: FacetEvidence | undefined,
  workerId: string,
  label: number,
  k: number,
): Voter {
  const counts = new Float64Array(k);
  const rights = new Float64Array(k);
  const totals = new Float64Array(k);
  for (const { truth, said, weight } of evidence?.voters[workerId] ?? []) {
    totals[truth] = (totals[truth] ?? 0) + weight;
    if (said === label) counts[truth] = (counts[truth] ?? 0) + weight;
    if (said === truth) rights[truth] = (rights[truth] ?? 0) + weight;
  }
  return { label, counts, rights, totals, ...tallyOf(evidence, workerId) };
}

/** A hypothesis about the voters, before their golds in the facet. */
interface Belief {
  /** Its strength in golds. */
  strength: number;
  /** P(right), one per voter. */
  means: readonly number[];
}

/**
 * The voters' golds show how much voters and labels differ: each hypothesis is weighted by its
 * likelihood (beta-binomial, by rows). If all voters are alike, differences in their golds are
 * mostly chance, and the majority is best. If voters who are good elsewhere are good here too,
 * their record elsewhere counts.
 * @param edges One per voter, the advantage elsewhere; null if unknown.
 */
function weighedBeliefs(
  voters: readonly Voter[],
  poolAccuracy: number,
  edges: readonly (number | null)[],
  k: number,
): (Belief & { share: number })[] {
  const alike = voters.map(() => poolAccuracy);
  const asElsewhere = edges.map((edge) =>
    edge === null ? poolAccuracy : accuracyWith(edge, poolAccuracy, k),
  );
  const means = edges.some((edge) => edge !== null) ? [alike, asElsewhere] : [alike];
  const beliefs = means.flatMap((each) =>
    STRENGTHS.map((strength): Belief => ({ strength, means: each })),
  );
  const logs = Float64Array.from(beliefs, (belief) => logEvidence(voters, belief));
  softmaxRow(logs, 0, logs.length);
  return beliefs.map((belief, i) => ({ ...belief, share: logs[i] ?? 0 }));
}

/** ln P(the voters' labels on golds | hypothesis): by rows, B(α + right, β + wrong) / B(α, β). */
function logEvidence(voters: readonly Voter[], { strength, means }: Belief): number {
  const gammaOfStrength = logGamma(strength);
  let sum = 0;
  let mean = Number.NaN;
  let prior = 0;
  let known = 0;
  let gammaOfKnown = gammaOfStrength;
  for (const [v, { rights, totals }] of voters.entries()) {
    const own = Math.min(POOL_MAX, means[v] ?? 1);
    const [alpha, beta] = [strength * own, strength * (1 - own)];
    // Log-gamma dominates the run time; many arguments repeat the previous one.
    if (own !== mean) prior = logGamma(alpha) + logGamma(beta) - gammaOfStrength;
    mean = own;
    for (const [j, total] of totals.entries()) {
      if (total === 0) continue;
      if (total !== known) gammaOfKnown = logGamma(strength + total);
      known = total;
      const right = rights[j] ?? 0;
      sum += logGamma(alpha + right) + logGamma(beta + total - right) - gammaOfKnown - prior;
    }
  }
  return sum;
}

/**
 * Same for values that are only right or wrong, with an unknown set of possible values: a voter no
 * better than chance has no weight.
 */
export function voteOnOpenLabels(
  votes: readonly LabelVote[],
  k: number,
  evidence: FacetEvidence | undefined,
): LabelResult {
  const poolAccuracy = poolAccuracyOf(evidence?.pool ?? NO_GOLD, k);
  const posterior = new Float64Array(k);
  for (const { workerId, label } of votes) {
    const accuracy = Math.max(1 / k, accuracyOf(tallyOf(evidence, workerId), poolAccuracy));
    for (let j = 0; j < k; j++) {
      posterior[j] = (posterior[j] ?? 0) + logLikelihoodOf(symmetric(accuracy, j, label, k));
    }
  }
  softmaxRow(posterior, 0, k);
  return { posterior, ...winnerOf(posterior, votes), poolAccuracy };
}

/**
 * A voter's weight on open values: the log likelihood gain of a value from being given; almost zero
 * for a voter no better than chance.
 */
export function openWeight(
  workerId: string,
  k: number,
  evidence: FacetEvidence | undefined,
): number {
  const poolAccuracy = poolAccuracyOf(evidence?.pool ?? NO_GOLD, k);
  const accuracy = Math.min(POOL_MAX, accuracyOf(tallyOf(evidence, workerId), poolAccuracy));
  return Math.max(1e-6, Math.log((accuracy * (k - 1)) / (1 - accuracy)));
}

function winnerOf(
  posterior: Float64Array,
  votes: readonly LabelVote[],
): Pick<LabelResult, 'winner' | 'tie'> {
  const said = new Map<number, number>();
  for (const { label, isAgent } of votes) {
    if (!isAgent) said.set(label, (said.get(label) ?? 0) + 1);
  }
  const top = Math.max(...[...said.keys()].map((label) => posterior[label] ?? 0));
  const leaders = [...said.keys()]
    .filter((label) => (posterior[label] ?? 0) >= top * (1 - TIE_TOLERANCE))
    .sort((a, b) => (said.get(b) ?? 0) - (said.get(a) ?? 0) || a - b);
  return { winner: leaders[0] ?? 0, tie: leaders.length > 1 };
}
