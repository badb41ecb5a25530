/** The prior share of each true label, before any vote. */
import { type GoldCounts, naiveBayes, type WorkerModel } from './gold-naive-bayes';
import { normalizeRow, type VoteTable } from './vote-table';

const ROUNDS = 30;
/** Mean golds per voter at which the votes' own shares have weight one half. */
const HALF_TRUSTED = 3;

/** From golds that are a random sample of the tasks: (G_j + 1)/(G + k). */
export function classPriorOfGolds({ truths }: GoldCounts): Float64Array {
  const prior = truths.map((count) => count + 1);
  normalizeRow(prior, 0, prior.length);
  return prior;
}

/**
 * By EM over the type's tasks with fixed worker matrices: π ← ω·(ΣT + 2)/Σ + (1 − ω)/k with ω =
 * n̄/(n̄ + 3), so that without golds all labels are equally likely.
 * @param meanGolds Mean number of golds of the voters.
 */
export function classPriorByVotes(
  table: VoteTable,
  model: WorkerModel,
  meanGolds: number,
): Float64Array {
  const k = model.labelCount;
  const trust = meanGolds / (meanGolds + HALF_TRUSTED);
  let prior = new Float64Array(k).fill(1 / k);
  for (let round = 0; round < ROUNDS && trust > 0; round++) {
    const posterior = naiveBayes(table, model, prior);
    const shares = new Float64Array(k).fill(2);
    for (let cell = 0; cell < posterior.length; cell++) {
      shares[cell % k] = (shares[cell % k] ?? 0) + (posterior[cell] ?? 0);
    }
    normalizeRow(shares, 0, k);
    prior = shares.map((share) => trust * share + (1 - trust) / k);
  }
  return prior;
}
