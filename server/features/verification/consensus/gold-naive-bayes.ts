/**
 * Naive Bayes from tasks with known answers (golds): every worker has a confusion matrix, counted
 * on golds and shrunk towards a symmetric one with the worker's own accuracy, which is shrunk
 * towards the pool's. A worker without golds has the pool's accuracy, so that without any gold
 * every vote weighs the same and the majority wins.
 */
import { logSumExp, normalizeRow, type VoteTable } from './vote-table';

/** Pseudo-counts of the pool's accuracy in a worker's own, and of that in each row of the matrix. */
export const STRENGTH = 4;
const ACCURACY_PRIOR = 0.75;
/** The minimum advantage of the pool over chance. */
const ABOVE_CHANCE = 0.05;
const LIKELIHOOD_MIN = 1e-4;

/** Counts of each label given by each worker on golds of each true label. */
export interface GoldCounts {
  labelCount: number;
  /** Workers × true label × said label, row by row. */
  said: Float64Array;
  /** Number of golds of each true label. */
  truths: Float64Array;
}

/** Naive Bayes's model of the workers. */
export interface WorkerModel {
  labelCount: number;
  /** P(a worker without golds is right). */
  poolAccuracy: number;
  /** P(right) per worker. */
  accuracy: Float64Array;
  /** Number of golds per worker. */
  golds: Float64Array;
  /** ln P(said | true), workers × true label × said label, row by row. */
  logLikelihood: Float64Array;
}

/** No known labels. */
export const UNKNOWN = -1;

/**
 * Counts the votes on golds.
 * @param truth Index of the true label per task of the table; `UNKNOWN` if not known.
 */
export function countGolds(table: VoteTable, truth: Int32Array): GoldCounts {
  const k = table.labels.length;
  const said = new Float64Array(table.workers.length * k * k);
  const truths = new Float64Array(k);
  for (const label of truth) if (label !== UNKNOWN) truths[label] = (truths[label] ?? 0) + 1;
  for (let v = 0; v < table.task.length; v++) {
    const label = truth[table.task[v] ?? 0] ?? UNKNOWN;
    if (label === UNKNOWN) continue;
    const cell = ((table.worker[v] ?? 0) * k + label) * k + (table.label[v] ?? 0);
    said[cell] = (said[cell] ?? 0) + 1;
  }
  return { labelCount: k, said, truths };
}

/**
 * The workers' matrices from their golds, each cell at least 1e-4.
 * @param pool Golds and right ones of all workers, if only some were counted.
 */
export function workerModel({ labelCount: k, said }: GoldCounts, pool?: Tally): WorkerModel {
  const { golds, right } = tallies(said, k);
  const poolAccuracy = poolAccuracyOf(pool ?? { right: sum(right), total: sum(golds) }, k);
  const accuracy = golds.map((total, w) =>
    accuracyOf({ right: right[w] ?? 0, total }, poolAccuracy),
  );
  const logLikelihood = new Float64Array(said.length);
  for (let row = 0; row < golds.length * k; row++) {
    const p = accuracy[Math.floor(row / k)] ?? poolAccuracy;
    const cells = said.subarray(row * k, (row + 1) * k);
    const total = sum(cells);
    for (const [l, count] of cells.entries()) {
      const prior = symmetric(p, row % k, l, k);
      logLikelihood[row * k + l] = logLikelihoodOf(prior, count, total);
    }
  }
  return { labelCount: k, poolAccuracy, accuracy, golds, logLikelihood };
}

/** Golds answered by each worker, and those answered right. */
function tallies(said: Float64Array, k: number): { golds: Float64Array; right: Float64Array } {
  const golds = new Float64Array(said.length / (k * k));
  const right = new Float64Array(golds.length);
  for (const [cell, count] of said.entries()) {
    const w = Math.floor(cell / (k * k));
    golds[w] = (golds[w] ?? 0) + count;
    if (Math.floor(cell / k) % k === cell % k) right[w] = (right[w] ?? 0) + count;
  }
  return { golds, right };
}

/** Total golds, and those answered right. */
export interface Tally {
  right: number;
  total: number;
}

/**
 * P(a worker with these golds is right), shrunk towards the pool's.
 * @param strength The pool's weight in golds.
 */
export function accuracyOf(
  { right, total }: Tally,
  poolAccuracy: number,
  strength = STRENGTH,
): number {
  return (right + strength * poolAccuracy) / (total + strength);
}

/**
 * ln P(said | true) of one cell.
 * @param prior Its value without golds; weighs as `strength` of them.
 * @param count Golds in the cell. @param total In its row.
 */
export function logLikelihoodOf(prior: number, count = 0, total = 0, strength = STRENGTH): number {
  const likelihood = (count + strength * prior) / (total + strength);
  return Math.log(Math.max(LIKELIHOOD_MIN, likelihood));
}

/** P(a worker of accuracy p says l if j is true), with equal probability for all wrong labels. */
export function symmetric(p: number, j: number, l: number, k: number): number {
  return j === l ? p : (1 - p) / Math.max(1, k - 1);
}

/** Same with one accuracy per worker and equal probability for all wrong labels. */
export function symmetricModel(model: WorkerModel): WorkerModel {
  const { labelCount: k, accuracy } = model;
  const logLikelihood = model.logLikelihood.map((_, cell) => {
    const p = accuracy[Math.floor(cell / (k * k))] ?? model.poolAccuracy;
    return logLikelihoodOf(symmetric(p, Math.floor(cell / k) % k, cell % k, k));
  });
  return { ...model, logLikelihood };
}

/**
 * P(a worker without golds is right) among `k` labels: always better than chance.
 * @param share The fraction of a question: without golds, all its parts are right with probability
 * .75.
 */
export function poolAccuracyOf({ right, total }: Tally, k: number, share = 1): number {
  const shrunk = (right + ACCURACY_PRIOR ** share * STRENGTH) / (total + STRENGTH);
  return Math.max(shrunk, 1 / k + ABOVE_CHANCE);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * P(label) per task, tasks × labels, row by row.
 * @param classPrior P(label) before any vote, one number per label.
 */
export function naiveBayes(
  table: VoteTable,
  model: WorkerModel,
  classPrior: ArrayLike<number>,
): Float64Array {
  const k = model.labelCount;
  const posterior = new Float64Array(table.tasks.length * k);
  for (let cell = 0; cell < posterior.length; cell++) {
    posterior[cell] = Math.log(classPrior[cell % k] ?? 0);
  }
  for (let v = 0; v < table.task.length; v++) {
    const row = (table.task[v] ?? 0) * k;
    const base = (table.worker[v] ?? 0) * k * k + (table.label[v] ?? 0);
    for (let j = 0; j < k; j++) {
      posterior[row + j] = (posterior[row + j] ?? 0) + (model.logLikelihood[base + j * k] ?? 0);
    }
  }
  for (let start = 0; start < posterior.length; start += k) softmaxRow(posterior, start, k);
  return posterior;
}

/** Converts logarithms to shares that sum to 1, in place; equal shares if none is finite. */
export function softmaxRow(cells: Float64Array, start: number, size: number): void {
  const total = logSumExp(cells.subarray(start, start + size));
  for (let c = start; c < start + size; c++) {
    cells[c] = Number.isFinite(total) ? Math.exp((cells[c] ?? 0) - total) : 0;
  }
  if (!Number.isFinite(total)) normalizeRow(cells, start, size);
}
