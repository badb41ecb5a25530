/**
 * Judges a vote with models fitted to a type's earlier votes: Dawid–Skene and EBCC, averaged with
 * naive Bayes by their predictive performance on labelled tasks. For unknown workers the prior is
 * used.
 */

import { unknownWorker } from './dawid-skene';
import { unknownWorkerLogs } from './ebcc';
import { softmaxRow } from './gold-naive-bayes';
import type { LabelVote } from './vote-table';

/** Each model's weight; they sum to 1. */
export interface ModelWeights {
  gnb: number;
  ds: number;
  ebcc: number;
}

export interface FittedModels {
  weights: ModelWeights;
  /** ln P(label) of Dawid–Skene, k numbers. */
  dsClasses: readonly number[];
  /** ln P(label, subtype) of EBCC, k × subtypes, row by row. */
  ebccParts: readonly number[];
  /** By worker id, of the voters: ln P(said | label), k × k, and ln P(said | label, subtype). */
  workers: Readonly<Record<string, { ds: readonly number[]; ebcc: readonly number[] }>>;
}

/** The weighted average of the models' posteriors, or naive Bayes's own if none matches the labels. */
export function averageWithFitted(
  gnb: Float64Array,
  votes: readonly LabelVote[],
  models: FittedModels,
): Float64Array {
  const k = gnb.length;
  const { weights, dsClasses, ebccParts } = models;
  if (dsClasses.length !== k || ebccParts.length % k !== 0) return gnb;
  const average = gnb.map((q) => weights.gnb * q);
  if (weights.ds > 0) add(average, weights.ds, byDawidSkene(votes, k, models));
  if (weights.ebcc > 0) add(average, weights.ebcc, byEbcc(votes, k, models));
  return average;
}

function add(sum: Float64Array, weight: number, posterior: Float64Array): void {
  for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] ?? 0) + weight * (posterior[j] ?? 0);
}

function byDawidSkene(
  votes: readonly LabelVote[],
  k: number,
  { dsClasses, workers }: FittedModels,
): Float64Array {
  const posterior = Float64Array.from(dsClasses);
  const { right, wrong } = unknownWorker(k);
  const [rightLog, wrongLog] = [Math.log(right), Math.log(wrong)];
  for (const { workerId, label } of votes) {
    const own = workers[workerId]?.ds;
    for (let j = 0; j < k; j++) {
      const log = own ? own[j * k + label] : j === label ? rightLog : wrongLog;
      posterior[j] = (posterior[j] ?? 0) + (log ?? wrongLog);
    }
  }
  softmaxRow(posterior, 0, k);
  return posterior;
}

function byEbcc(
  votes: readonly LabelVote[],
  k: number,
  { ebccParts, workers }: FittedModels,
): Float64Array {
  const m = ebccParts.length / k;
  const parts = Float64Array.from(ebccParts);
  const { right, wrong } = unknownWorkerLogs(k);
  for (const { workerId, label } of votes) {
    const own = workers[workerId]?.ebcc;
    for (let part = 0; part < parts.length; part++) {
      const log = own ? own[part * k + label] : Math.floor(part / m) === label ? right : wrong;
      parts[part] = (parts[part] ?? 0) + (log ?? wrong);
    }
  }
  softmaxRow(parts, 0, parts.length);
  const posterior = new Float64Array(k);
  for (const [part, q] of parts.entries()) {
    const j = Math.floor(part / m);
    posterior[j] = (posterior[j] ?? 0) + q;
  }
  return posterior;
}
