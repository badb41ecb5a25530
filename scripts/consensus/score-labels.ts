import {
  type ConfidenceBasis,
  calibrate,
  calibrationOf,
  confidenceBasis,
  eceFloor,
  estimate,
  expectedAccuracy,
  type Method,
  seededRandom,
  UNKNOWN,
  voteTable,
} from '@/server/features/verification/consensus';
import type { AnswerRow } from './read-votes';

export interface LabelReport {
  method: Method | 'auto';
  /**
   * Share of correct tasks, among those whose truth is known but was not given; a tie counts as a
   * random pick.
   */
  accuracy: number | null;
  /**
   * Expected calibration error of the confidence, in 15 bins; `ece_floor` is the expected error of
   * as many perfectly calibrated confidences by chance, `ece_raw` that of the posterior.
   */
  ece: number | null;
  ece_floor: number | null;
  ece_raw: number | null;
  confidence_basis: ConfidenceBasis;
  /** Tasks scored, and tasks whose truth was given. */
  scored: number;
  golds: number;
  /** Each method's weight in the result. */
  weights: Partial<Record<Method, number>>;
  tasks: {
    task: string;
    label: string;
    /** Calibrated P(label) of the winner. */
    confidence: number;
    /** P(label) of every label, as estimated by the method. */
    posterior: Record<string, number>;
  }[];
}

/** Estimates every task with a vote, and scores those whose truth is known and that are not golds. */
export function scoreLabels(
  answers: readonly AnswerRow[],
  truth: ReadonlyMap<string, string>,
  { method, golds, seed }: { method: Method | 'auto'; golds: ReadonlySet<string>; seed: number },
): LabelReport {
  const labels = [...new Set([...answers.map(({ label }) => label), ...truth.values()])].sort(
    (a, b) => Number(a) - Number(b) || (a < b ? -1 : 1),
  );
  const table = voteTable(answers, labels);
  const known = Int32Array.from(table.tasks, (task) =>
    golds.has(task) ? labels.indexOf(truth.get(task) ?? '') : UNKNOWN,
  );
  const { posterior, calibrator, labelledTasks, weights } = estimate(method, {
    table,
    truth: known,
    random: () => seededRandom(seed),
  });
  const raw: { confidence: number; correct: number }[] = [];
  const stated: typeof raw = [];
  const tasks = table.tasks.map((task, t) => {
    const row = posterior.subarray(t * labels.length, (t + 1) * labels.length);
    const byLabel = new Map(labels.map((label, j) => [label, row[j] ?? 0]));
    const top = Math.max(...row);
    const confidence = Math.max(...calibrate(row, calibrator));
    const right = truth.get(task);
    if (right !== undefined && !golds.has(task)) {
      const correct = expectedAccuracy(byLabel, right);
      raw.push({ confidence: top, correct });
      stated.push({ confidence, correct });
    }
    return {
      task,
      label: labels[row.indexOf(top)] ?? '',
      confidence,
      posterior: Object.fromEntries(byLabel),
    };
  });
  const right = stated.reduce((sum, { correct }) => sum + correct, 0);
  return {
    method,
    accuracy: stated.length > 0 ? right / stated.length : null,
    ece: calibrationOf(stated).ece,
    ece_floor: eceFloor(stated.map(({ confidence }) => confidence)),
    ece_raw: calibrationOf(raw).ece,
    confidence_basis: confidenceBasis(labelledTasks),
    scored: stated.length,
    golds: labelledTasks,
    weights,
    tasks,
  };
}
