/** Estimates each task's posterior from votes and the labels of some tasks, by one method or several. */
import { type Calibrator, fitCalibrator, type LabelledPosterior } from './calibrator';
import { classPriorOfGolds } from './class-prior';
import { crossFit } from './cross-fit';
import { fitDawidSkene } from './dawid-skene';
import { fitEbcc } from './ebcc';
import {
  countGolds,
  naiveBayes,
  symmetricModel,
  UNKNOWN,
  type WorkerModel,
  workerModel,
} from './gold-naive-bayes';
import { logScore, sharesOf } from './held-out';
import { type VoteTable, voteShares } from './vote-table';

export const METHODS = ['majority', 'weighted', 'gnb', 'ds', 'ebcc'] as const;
export type Method = (typeof METHODS)[number];

/** The methods averaged by `auto`. */
const AVERAGED: readonly Method[] = ['gnb', 'ds', 'ebcc'];

export interface Labelled {
  table: VoteTable;
  /** Index of the true label per task; `UNKNOWN` if not known. */
  truth: Int32Array;
  /** For random initialization. The same numbers give the same result. */
  random: () => () => number;
}

export interface Estimate {
  /** P(label) per task, tasks × labels, row by row, uncalibrated. */
  posterior: Float64Array;
  /** Converts it to the stated confidence. */
  calibrator: Calibrator;
  /** Labelled tasks behind the calibrator. */
  labelledTasks: number;
  /** Each method's weight in the average. */
  weights: Partial<Record<Method, number>>;
}

/** P(label) per task by one method. Labelled tasks are evidence for the workers. */
function posteriorBy(method: Method, { table, truth, random }: Labelled): Float64Array {
  if (method === 'majority') return voteShares(table);
  if (method === 'ds') return fitDawidSkene(table, { prior: 'diagonal', truth }).posterior;
  if (method === 'ebcc') return fitEbcc(table, { truth, random: random() }).posterior;
  const counts = countGolds(table, truth);
  const model: WorkerModel = workerModel(counts);
  if (method === 'gnb') return naiveBayes(table, model, classPriorOfGolds(counts));
  const equal = new Float64Array(table.labels.length).fill(1);
  return naiveBayes(table, symmetricModel(model), equal);
}

/**
 * Estimates every task. `auto` averages naive Bayes, Dawid–Skene and EBCC, weighted by the
 * probability that each, once calibrated, gave to the truth of held-out labelled tasks.
 */
export function estimate(method: Method | 'auto', labelled: Labelled): Estimate {
  const methods = method === 'auto' ? AVERAGED : [method];
  const { table, truth } = labelled;
  const k = table.labels.length;
  const rows = Array.from(truth.keys()).filter((t) => truth[t] !== UNKNOWN);
  const apart = methods.map((each) =>
    crossFit(table.tasks, truth, k, (others) => posteriorBy(each, { ...labelled, truth: others })),
  );
  const labelledBy = (posterior: Float64Array): LabelledPosterior[] =>
    rows.map((t) => ({
      posterior: posterior.subarray(t * k, (t + 1) * k),
      truth: truth[t] ?? 0,
    }));
  const weights = sharesOf(apart.map((posterior) => logScore(labelledBy(posterior))));
  const average = (parts: readonly Float64Array[]) =>
    Float64Array.from({ length: table.tasks.length * k }, (_, cell) =>
      parts.reduce((sum, part, i) => sum + (weights[i] ?? 0) * (part[cell] ?? 0), 0),
    );
  return {
    posterior: average(methods.map((each) => posteriorBy(each, labelled))),
    calibrator: fitCalibrator(labelledBy(average(apart))),
    labelledTasks: rows.length,
    weights: Object.fromEntries(methods.map((each, i) => [each, weights[i] ?? 0])),
  };
}
