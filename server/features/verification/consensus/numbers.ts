/**
 * Numbers from several workers: each is weighted by the inverse of its mean squared error on golds,
 * shrunk towards the pool's, so that without golds the result is the plain mean. Outliers are
 * dropped.
 */
import { median } from './median';

/** Row v says: worker `worker[v]` gave task `task[v]` the value `value[v]`. */
export interface NumberTable {
  tasks: readonly string[];
  workers: readonly string[];
  task: Int32Array;
  worker: Int32Array;
  value: Float64Array;
}

export interface NumberEstimate {
  /** Per task; NaN without votes. */
  value: Float64Array;
  /** Standard error per task, in the votes' own unit. */
  standardError: Float64Array;
}

/** Weight of the pool's error in a worker's own, in golds. */
const STRENGTH = 4;
/** Votes more than this many robust standard deviations from the median are dropped. */
const OUTLIER_FROM = 3.5;
/** Median and mean absolute deviation of a normal distribution, in its standard deviations. */
const MEDIAN_DEVIATION = 0.6745;
const MEAN_DEVIATION = 0.7979;
/** Minimum number of votes to identify an outlier. */
const OUTLIER_VOTES_MIN = 3;

/**
 * Estimates every task.
 * @param truth The true value per task; NaN if not known.
 */
export function estimateNumbers(table: NumberTable, truth: Float64Array): NumberEstimate {
  const byTask = groupByTask(table);
  const variance = varianceOf(table, truth, byTask);
  const value = new Float64Array(table.tasks.length).fill(Number.NaN);
  const standardError = value.slice();
  for (const [t, rows] of byTask.entries()) {
    if (rows.length === 0) continue;
    const votes = rows.map((v) => ({
      value: table.value[v] ?? 0,
      variance: variance[table.worker[v] ?? 0] ?? 1,
    }));
    const { mean, weight } = weightedMean(withoutOutliers(votes));
    value[t] = mean;
    standardError[t] = Math.sqrt(1 / weight);
  }
  return { value, standardError };
}

function groupByTask({ tasks, task }: NumberTable): number[][] {
  const groups: number[][] = tasks.map(() => []);
  for (const [v, t] of task.entries()) groups[t]?.push(v);
  return groups;
}

/** The expected squared error of each worker, above zero. */
function varianceOf(
  table: NumberTable,
  truth: Float64Array,
  byTask: readonly number[][],
): Float64Array {
  const squares = new Float64Array(table.workers.length);
  const golds = new Float64Array(table.workers.length);
  for (const [v, t] of table.task.entries()) {
    const right = truth[t] ?? Number.NaN;
    if (Number.isNaN(right)) continue;
    const w = table.worker[v] ?? 0;
    squares[w] = (squares[w] ?? 0) + ((table.value[v] ?? 0) - right) ** 2;
    golds[w] = (golds[w] ?? 0) + 1;
  }
  const known = golds.reduce((sum, n) => sum + n, 0);
  const pool =
    known > 0
      ? squares.reduce((sum, square) => sum + square, 0) / known
      : spreadAround(byTask, table.value);
  // If everybody was always right, all have the same weight.
  const least = Math.max(pool, Number.MIN_VALUE) * 1e-6;
  return squares.map((square, w) =>
    Math.max(least, shrunkVariance({ squaredError: square, total: golds[w] ?? 0 }, pool)),
  );
}

/** Golds of a worker or of all, and the sum of their squared errors. */
export interface ErrorTally {
  squaredError: number;
  total: number;
}

/** The expected squared error: that of the golds, with `prior` counting as four of them. */
export function shrunkVariance({ squaredError, total }: ErrorTally, prior: number): number {
  return (squaredError + STRENGTH * prior) / (total + STRENGTH);
}

/** A given number, and its worker's expected squared error. */
export interface NumberVote {
  value: number;
  variance: number;
}

/** The mean weighted by 1/σ², and the sum of the weights. Needs a vote. */
export function weightedMean(votes: readonly NumberVote[]): { mean: number; weight: number } {
  // Relative to one of them: the mean of equal numbers is exactly that number.
  const origin = votes[0]?.value ?? 0;
  let weight = 0;
  let sum = 0;
  for (const { value, variance } of votes) {
    weight += 1 / variance;
    sum += (value - origin) / variance;
  }
  return { mean: origin + sum / weight, weight };
}

/** Mean square of the votes around their task's mean; 1 if they do not differ. */
function spreadAround(byTask: readonly number[][], values: Float64Array): number {
  let square = 0;
  let count = 0;
  for (const rows of byTask) {
    const mean = rows.reduce((sum, v) => sum + (values[v] ?? 0), 0) / rows.length;
    for (const v of rows) square += ((values[v] ?? 0) - mean) ** 2;
    if (rows.length > 1) count += rows.length - 1;
  }
  return square > 0 && count > 0 ? square / count : 1;
}

/**
 * By the modified z-score (Iglewicz & Hoaglin 1993), with the mean deviation if the median one is
 * 0.
 * @param exact A number given by most is not widened by different ones: an amount, a year.
 */
export function withoutOutliers<T extends { value: number }>(
  votes: readonly T[],
  exact = false,
): readonly T[] {
  if (votes.length < OUTLIER_VOTES_MIN) return votes;
  const centre = median(votes.map(({ value }) => value));
  const deviations = votes.map(({ value }) => Math.abs(value - centre));
  const middle = median(deviations);
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / deviations.length;
  const scale = middle > 0 || exact ? middle / MEDIAN_DEVIATION : mean / MEAN_DEVIATION;
  if (scale === 0 && !exact) return votes;
  return votes.filter((_, i) => (deviations[i] ?? 0) <= OUTLIER_FROM * scale);
}
