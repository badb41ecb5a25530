/**
 * Dawid & Skene (1979), "Maximum likelihood estimation of observer error-rates using the EM
 * algorithm", Applied Statistics 28(1): every worker has a confusion matrix, every task a true
 * label; EM finds both. Plain EM overfits workers with few answers, so the product lays a prior on
 * the matrices that believes in people: pseudo-counts on the diagonal.
 */
import { UNKNOWN } from './gold-naive-bayes';
import { logSumExp, normalizeRow, type VoteTable, voteShares } from './vote-table';

export interface DawidSkeneOptions {
  /**
   * Pseudo-counts of each confusion matrix. `diagonal`: 0.5/(k−1) everywhere and 3 more on the
   * diagonal. `flat`: 0.01 everywhere, plain Dawid–Skene without zeros. `none`: as in 1979.
   */
  prior: 'none' | 'flat' | 'diagonal';
  /** Stops when marginals and matrices both change by less than this on average. */
  tolerance?: number;
  /** Index of the true label per task, `UNKNOWN` if not known; known ones are kept fixed. */
  truth?: Int32Array;
  maxRounds?: number;
}

export interface DawidSkeneFit {
  /** P(label) per task, tasks × labels, row by row. */
  posterior: Float64Array;
  /** Share of each label among the tasks. */
  classMarginals: Float64Array;
  /** P(vote = column | truth = row), workers × labels × labels, row by row. */
  confusion: Float64Array;
  logLikelihood: number;
  rounds: number;
  converged: boolean;
}

const PSEUDO_OFF_DIAGONAL = 0.5;
const PSEUDO_DIAGONAL = 3;
const PSEUDO_FLAT = 0.01;

/** One matrix of pseudo-counts, labels × labels. */
function pseudoCounts(prior: DawidSkeneOptions['prior'], k: number): Float64Array {
  const counts = new Float64Array(k * k);
  if (prior === 'none') return counts;
  if (prior === 'flat') return counts.fill(PSEUDO_FLAT);
  const off = PSEUDO_OFF_DIAGONAL / Math.max(1, k - 1);
  for (let j = 0; j < k; j++) {
    for (let l = 0; l < k; l++) counts[j * k + l] = off + (j === l ? PSEUDO_DIAGONAL : 0);
  }
  return counts;
}

/** Assumed for a worker without votes, with the diagonal prior: P(right), and P of each other label. */
export function unknownWorker(k: number): { right: number; wrong: number } {
  const off = PSEUDO_OFF_DIAGONAL / Math.max(1, k - 1);
  const total = k * off + PSEUDO_DIAGONAL;
  return { right: (off + PSEUDO_DIAGONAL) / total, wrong: off / total };
}

/** Fits the model by EM from the vote shares. Needs at least one label; cost is rounds × votes × labels. */
export function fitDawidSkene(table: VoteTable, options: DawidSkeneOptions): DawidSkeneFit {
  const k = table.labels.length;
  const tolerance = options.tolerance ?? 1e-6;
  const maxRounds = options.maxRounds ?? 200;
  const pseudo = pseudoCounts(options.prior, k);
  const posterior = voteShares(table);
  keepKnown(posterior, options.truth, k);
  let classMarginals = new Float64Array(k);
  let confusion = new Float64Array(table.workers.length * k * k);
  let logLikelihood = Number.NEGATIVE_INFINITY;
  let rounds = 0;
  let converged = false;
  while (!converged && rounds < maxRounds) {
    rounds++;
    const marginalsNext = estimateMarginals(posterior, k);
    const confusionNext = estimateConfusion(table, posterior, pseudo);
    logLikelihood = estimatePosterior(table, marginalsNext, confusionNext, posterior);
    keepKnown(posterior, options.truth, k);
    converged =
      rounds > 1 &&
      distance(classMarginals, marginalsNext) < tolerance &&
      distance(confusion, confusionNext) < tolerance;
    classMarginals = marginalsNext;
    confusion = confusionNext;
  }
  return { posterior, classMarginals, confusion, logLikelihood, rounds, converged };
}

function estimateMarginals(posterior: Float64Array, k: number): Float64Array<ArrayBuffer> {
  const marginals = new Float64Array(k);
  for (let cell = 0; cell < posterior.length; cell++) {
    marginals[cell % k] = (marginals[cell % k] ?? 0) + (posterior[cell] ?? 0);
  }
  normalizeRow(marginals, 0, k);
  return marginals;
}

function estimateConfusion(
  table: VoteTable,
  posterior: Float64Array,
  pseudo: Float64Array,
): Float64Array<ArrayBuffer> {
  const k = table.labels.length;
  const confusion = new Float64Array(table.workers.length * k * k);
  for (let w = 0; w < table.workers.length; w++) confusion.set(pseudo, w * k * k);
  for (let v = 0; v < table.task.length; v++) {
    const row = (table.task[v] ?? 0) * k;
    const base = (table.worker[v] ?? 0) * k * k + (table.label[v] ?? 0);
    for (let j = 0; j < k; j++) {
      const cell = base + j * k;
      confusion[cell] = (confusion[cell] ?? 0) + (posterior[row + j] ?? 0);
    }
  }
  for (let start = 0; start < confusion.length; start += k) normalizeRow(confusion, start, k);
  return confusion;
}

/** Overwrites `posterior`; returns the log-likelihood of the votes under the parameters. */
function estimatePosterior(
  table: VoteTable,
  marginals: Float64Array,
  confusion: Float64Array,
  posterior: Float64Array,
): number {
  const k = table.labels.length;
  const logConfusion = confusion.map(Math.log);
  for (let cell = 0; cell < posterior.length; cell++) {
    posterior[cell] = Math.log(marginals[cell % k] ?? 0);
  }
  for (let v = 0; v < table.task.length; v++) {
    const row = (table.task[v] ?? 0) * k;
    const base = (table.worker[v] ?? 0) * k * k + (table.label[v] ?? 0);
    for (let j = 0; j < k; j++) {
      posterior[row + j] = (posterior[row + j] ?? 0) + (logConfusion[base + j * k] ?? 0);
    }
  }
  let logLikelihood = 0;
  for (let start = 0; start < posterior.length; start += k) {
    const total = logSumExp(posterior.subarray(start, start + k));
    logLikelihood += total;
    for (let c = start; c < start + k; c++) {
      posterior[c] = Number.isFinite(total) ? Math.exp((posterior[c] ?? 0) - total) : 1 / k;
    }
  }
  return logLikelihood;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / Math.max(1, a.length);
}

function keepKnown(posterior: Float64Array, truth: Int32Array | undefined, k: number): void {
  truth?.forEach((label, t) => {
    if (label === UNKNOWN) return;
    posterior.fill(0, t * k, (t + 1) * k);
    posterior[t * k + label] = 1;
  });
}
