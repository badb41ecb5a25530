/** A signal from a worker's labels compared with others' labels of the same tasks. */
import { chiSquareTail } from '../special-functions';
import type { SharedTask } from '../stage';
import { levelBelow, SILENT, type Signal } from './signal';

/** Labels expected less often than this are merged. */
const EXPECTED_MIN = 5;
const SINGULAR = 1e-9;

/** The labels given on a task, including the worker's own answer, as shares. */
function sharesOf({ own, others }: SharedTask): Map<string, number> {
  const shares = new Map<string, number>();
  const each = 1 / (others.length + 1);
  for (const label of [own, ...others]) shares.set(label, (shares.get(label) ?? 0) + each);
  return shares;
}

/** The labels to distinguish, by how often the worker is expected to have given each. */
function groupsOf(shares: readonly Map<string, number>[]): Map<string, number> {
  const expected = new Map<string, number>();
  for (const ofTask of shares) {
    for (const [label, share] of ofTask) expected.set(label, (expected.get(label) ?? 0) + share);
  }
  const frequent = [...expected].filter(([, count]) => count >= EXPECTED_MIN);
  return new Map(frequent.map(([label], place) => [label, place]));
}

/**
 * p-value of the generalised Mantel–Haenszel test with each task as a stratum: given all labels of
 * a task, each of its answers is equally likely to be the worker's. Unanimous tasks do not count,
 * and others' answers may depend on each other arbitrarily.
 */
export function mixDifference(tasks: readonly SharedTask[]): number {
  const shares = tasks.map(sharesOf);
  const groups = groupsOf(shares);
  const rest = groups.size;
  const k = rest + 1;
  const surplus = new Float64Array(k);
  const variance = Array.from({ length: k }, () => new Float64Array(k));
  const placeOf = (label: string) => groups.get(label) ?? rest;
  for (const [t, task] of tasks.entries()) {
    const p = new Float64Array(k);
    for (const [label, share] of shares[t] ?? []) add(p, placeOf(label), share);
    add(surplus, placeOf(task.own), 1);
    for (let i = 0; i < k; i++) {
      add(surplus, i, -at(p, i));
      for (let j = 0; j < k; j++) {
        add(variance[i] ?? p, j, (i === j ? at(p, i) : 0) - at(p, i) * at(p, j));
      }
    }
  }
  const { statistic, rank } = quadraticForm(variance, surplus);
  return rank === 0 ? 1 : chiSquareTail(statistic, rank);
}

const at = (values: Float64Array, place: number) => values[place] ?? 0;

function add(values: Float64Array, place: number, more: number): void {
  values[place] = at(values, place) + more;
}

/**
 * x' V⁻ x with a generalised inverse, and the rank of V: elimination that skips directions without
 * variance, because the labels' counts sum to the number of tasks.
 */
function quadraticForm(v: Float64Array[], x: Float64Array): { statistic: number; rank: number } {
  let statistic = 0;
  let rank = 0;
  for (const [i, row] of v.entries()) {
    const pivot = at(row, i);
    if (pivot < SINGULAR) continue;
    rank += 1;
    statistic += at(x, i) ** 2 / pivot;
    for (let j = i + 1; j < v.length; j++) {
      const target = v[j];
      if (!target) continue;
      const factor = at(target, i) / pivot;
      for (let c = i; c < v.length; c++) add(target, c, -factor * at(row, c));
      add(x, j, -factor * at(x, i));
    }
  }
  return { statistic, rank };
}

export const labelDrift: Signal = {
  id: 'label_drift',
  family: 'pattern',
  nullHypothesis:
    'Of the answers that a task got, each is as likely to be the worker’s: given what was said, whose it was is chance.',
  falsePositiveTarget: 0.002,
  message: 'The recent answers differ in their mix from what others said about the same tasks.',
  read(ctx) {
    const tasks = ctx.worker.labelMix;
    const { minMixAnswers, weakAlpha, strongAlpha } = ctx.policy.anomaly;
    if (tasks.length < minMixAnswers) return SILENT;
    return levelBelow(mixDifference(tasks), weakAlpha, strongAlpha);
  },
};
