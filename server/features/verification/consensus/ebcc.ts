/**
 * Li, Rubinstein & Cohn (2019), "Exploiting worker correlation for label aggregation in crowdsourcing"
 * (EBCC): the tasks of one true label fall into subtypes, on each of which a worker has habits of their
 * own, so that workers who err together are not counted as independent. Mean-field variational Bayes.
 */

import { digamma } from './digamma';
import { UNKNOWN } from './gold-naive-bayes';
import { normalizeRow, type VoteTable, voteShares } from './vote-table';

export interface EbccOptions {
  /** Subtypes of each label. */
  subtypes?: number;
  /** Index of the true label per task, `UNKNOWN` if not known. */
  truth?: Int32Array;
  /** Uniform numbers in [0, 1), for the initial subtypes. */
  random: () => number;
  maxRounds?: number;
  /** Stops once the posterior changes by less than this on average. */
  tolerance?: number;
}

const SUBTYPE_PRIOR = 0.1;
const CLASS_PRIOR = 1;
const DIAGONAL_PRIOR = 4;
const OFF_DIAGONAL_PRIOR = 1;

export const SUBTYPES = 3;

export interface EbccFit {
  /** P(label) per task, tasks × labels, row by row. */
  posterior: Float64Array;
  /** E[ln P(label, subtype)], labels × subtypes. */
  partLogs: Float64Array;
  /** E[ln P(said | label, subtype)], workers × labels × subtypes × said labels, row by row. */
  saidLogs: Float64Array;
}

/** Cost: rounds × votes × labels × subtypes. */
export function fitEbcc(table: VoteTable, options: EbccOptions): EbccFit {
  const { subtypes: m = SUBTYPES, maxRounds = 300, tolerance = 1e-5 } = options;
  const k = table.labels.length;
  const shares = voteShares(table);
  clamp(shares, options.truth, k);
  let posterior = shares;
  /** Tasks × (label, subtype). */
  let parts = splitAtRandom(shares, m, options.random);
  for (let round = 0; round < maxRounds; round++) {
    parts = nextParts(table, parts, posterior, { k, m });
    clamp(parts, options.truth, k, m);
    const next = sumSubtypes(parts, m);
    const moved = meanChange(posterior, next);
    posterior = next;
    if (moved < tolerance) break;
  }
  const { part, said } = expectedLogs(table, parts, posterior, { k, m });
  return { posterior, partLogs: part, saidLogs: said };
}

/** Assumed for a worker without votes: E[ln P(said | label)] of the right label, and of each other. */
export function unknownWorkerLogs(k: number): { right: number; wrong: number } {
  const total = digamma(DIAGONAL_PRIOR + (k - 1) * OFF_DIAGONAL_PRIOR);
  return { right: digamma(DIAGONAL_PRIOR) - total, wrong: digamma(OFF_DIAGONAL_PRIOR) - total };
}

interface Sizes {
  k: number;
  m: number;
}

function nextParts(
  table: VoteTable,
  parts: Float64Array,
  posterior: Float64Array,
  { k, m }: Sizes,
): Float64Array {
  const width = k * m;
  const expected = expectedLogs(table, parts, posterior, { k, m });
  const next = new Float64Array(parts.length);
  for (let cell = 0; cell < next.length; cell++) next[cell] = expected.part[cell % width] ?? 0;
  for (let v = 0; v < table.task.length; v++) {
    const row = (table.task[v] ?? 0) * width;
    const base = (table.worker[v] ?? 0) * width * k + (table.label[v] ?? 0);
    for (let c = 0; c < width; c++) {
      next[row + c] = (next[row + c] ?? 0) + (expected.said[base + c * k] ?? 0);
    }
  }
  for (let start = 0; start < next.length; start += width) exponentiate(next, start, width);
  return next;
}

/** E[ln P] of each (label, subtype), and of each label given by each worker on it. */
function expectedLogs(
  table: VoteTable,
  parts: Float64Array,
  posterior: Float64Array,
  { k, m }: Sizes,
): { part: Float64Array; said: Float64Array } {
  const width = k * m;
  const subtype = new Float64Array(width).fill(SUBTYPE_PRIOR / m);
  for (let cell = 0; cell < parts.length; cell++) {
    subtype[cell % width] = (subtype[cell % width] ?? 0) + (parts[cell] ?? 0);
  }
  const label = new Float64Array(k).fill(CLASS_PRIOR);
  for (let cell = 0; cell < posterior.length; cell++) {
    label[cell % k] = (label[cell % k] ?? 0) + (posterior[cell] ?? 0);
  }
  const said = new Float64Array(table.workers.length * width * k);
  for (let cell = 0; cell < said.length; cell++) {
    const isRight = Math.floor(cell / (k * m)) % k === cell % k;
    said[cell] = isRight ? DIAGONAL_PRIOR : OFF_DIAGONAL_PRIOR;
  }
  for (let v = 0; v < table.task.length; v++) {
    const row = (table.task[v] ?? 0) * width;
    const base = (table.worker[v] ?? 0) * width * k + (table.label[v] ?? 0);
    for (let c = 0; c < width; c++) {
      said[base + c * k] = (said[base + c * k] ?? 0) + (parts[row + c] ?? 0);
    }
  }
  for (let start = 0; start < said.length; start += k) toExpectedLogs(said, start, k);
  for (let start = 0; start < width; start += m) toExpectedLogs(subtype, start, m);
  toExpectedLogs(label, 0, k);
  return { part: subtype.map((log, c) => log + (label[Math.floor(c / m)] ?? 0)), said };
}

/** Converts Dirichlet counts to the expected logarithms of the shares, in place. */
function toExpectedLogs(counts: Float64Array, start: number, size: number): void {
  let total = 0;
  for (let c = start; c < start + size; c++) total += counts[c] ?? 0;
  const logTotal = digamma(total);
  for (let c = start; c < start + size; c++) counts[c] = digamma(counts[c] ?? 1) - logTotal;
}

function exponentiate(cells: Float64Array, start: number, size: number): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let c = start; c < start + size; c++) top = Math.max(top, cells[c] ?? top);
  for (let c = start; c < start + size; c++) cells[c] = Math.exp((cells[c] ?? top) - top);
  normalizeRow(cells, start, size);
}

/** Splits each label over its subtypes, by random shares that sum to 1. */
function splitAtRandom(shares: Float64Array, m: number, random: () => number): Float64Array {
  const parts = new Float64Array(shares.length * m);
  for (let cell = 0; cell < shares.length; cell++) {
    // Exponential variables, scaled to sum 1, are uniform on the simplex.
    for (let s = 0; s < m; s++) parts[cell * m + s] = -Math.log(1 - random());
    normalizeRow(parts, cell * m, m);
    for (let s = 0; s < m; s++) {
      parts[cell * m + s] = (parts[cell * m + s] ?? 0) * (shares[cell] ?? 0);
    }
  }
  return parts;
}

/** Sets a task with a known label to the shares of that label only. */
function clamp(cells: Float64Array, truth: Int32Array | undefined, k: number, m = 1): void {
  if (!truth) return;
  const width = k * m;
  for (let t = 0; t * width < cells.length; t++) {
    const label = truth[t] ?? UNKNOWN;
    if (label === UNKNOWN) continue;
    const start = t * width;
    let kept = 0;
    for (let c = 0; c < width; c++) {
      if (Math.floor(c / m) !== label) cells[start + c] = 0;
      kept += cells[start + c] ?? 0;
    }
    if (kept === 0) for (let s = 0; s < m; s++) cells[start + label * m + s] = 1;
    normalizeRow(cells, start, width);
  }
}

function sumSubtypes(parts: Float64Array, m: number): Float64Array {
  const posterior = new Float64Array(parts.length / m);
  for (let cell = 0; cell < parts.length; cell++) {
    const label = Math.floor(cell / m);
    posterior[label] = (posterior[label] ?? 0) + (parts[cell] ?? 0);
  }
  return posterior;
}

function meanChange(before: Float64Array, after: Float64Array): number {
  let change = 0;
  for (let i = 0; i < after.length; i++) change += Math.abs((before[i] ?? 0) - (after[i] ?? 0));
  return change / Math.max(1, after.length);
}
