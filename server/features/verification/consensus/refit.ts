/**
 * Refits the models of one facet, and determines their weights from labelled tasks: naive Bayes as
 * used for judging, Dawid–Skene with the diagonal prior, and EBCC, each evaluated on held-out
 * labels.
 */

import type { LabelledPosterior } from './calibrator';
import { classPriorByVotes } from './class-prior';
import { crossFit } from './cross-fit';
import { fitDawidSkene } from './dawid-skene';
import { fitEbcc } from './ebcc';
import type { EvidenceCell, FacetEvidence } from './evidence-facts';
import type { FittedModels, ModelWeights } from './fitted-models';
import { countGolds, UNKNOWN, workerModel } from './gold-naive-bayes';
import { logScore, sharesOf } from './held-out';
import { voteOnLabels } from './label-vote';
import { seededRandom } from './seeded-random';
import type { LabelVote, VoteTable } from './vote-table';

/** With fewer labelled tasks, naive Bayes judges alone. */
export const LABELLED_MIN = 20;
const SEED = 1;
/** Rounds after which EBCC changes little. */
const EBCC_ROUNDS = 60;
/** Below this weight a model changes no displayed digit. */
const WEIGHT_MIN = 0.005;
const CELL_MIN = 1e-4;
/** Stored workers: those who voted at least twice, the most active first. */
const VOTES_MIN = 2;
const WORKERS_MAX = 1_000;

export interface Refit {
  tasks: number;
  votes: number;
  labelled: number;
  weights: ModelWeights;
  /** Mean ln q′(truth) on the labelled tasks. */
  scores: ModelWeights;
  /** Null if naive Bayes judges alone. */
  models: FittedModels | null;
}

/**
 * @param truth Index of the true label per task of the table; `UNKNOWN` if not known.
 * @returns null with too few labelled tasks.
 */
export function refitFacet(table: VoteTable, truth: Int32Array): Refit | null {
  const k = table.labels.length;
  const rows = Array.from(truth.keys()).filter((t) => truth[t] !== UNKNOWN);
  if (rows.length < LABELLED_MIN || k < 2) return null;
  const random = () => seededRandom(SEED);
  const ebccBy = (known: Int32Array) =>
    fitEbcc(table, { truth: known, random: random(), maxRounds: EBCC_ROUNDS });
  const dsBy = (known: Int32Array) => fitDawidSkene(table, { prior: 'diagonal', truth: known });
  const apart = [
    crossFit(table.tasks, truth, k, (others) => byNaiveBayes(table, others, rows)),
    crossFit(table.tasks, truth, k, (others) => dsBy(others).posterior),
    crossFit(table.tasks, truth, k, (others) => ebccBy(others).posterior),
  ];
  const scores = apart.map((posterior) =>
    logScore(
      rows.map(
        (t): LabelledPosterior => ({
          posterior: posterior.subarray(t * k, (t + 1) * k),
          truth: truth[t] ?? 0,
        }),
      ),
    ),
  );
  const weights = weightsOf(sharesOf(scores));
  const isAlone = weights.gnb === 1;
  return {
    tasks: table.tasks.length,
    votes: table.task.length,
    labelled: rows.length,
    weights,
    scores: modelsOf(scores.map((score) => score / rows.length)),
    models: isAlone ? null : { weights, ...fittedBy(table, dsBy(truth), ebccBy(truth)) },
  };
}

function modelsOf([gnb = 0, ds = 0, ebcc = 0]: readonly number[]): ModelWeights {
  return { gnb, ds, ebcc };
}

function weightsOf(shares: readonly number[]): ModelWeights {
  const kept = shares.map((share) => (share < WEIGHT_MIN ? 0 : share));
  const total = kept.reduce((sum, share) => sum + share, 0);
  return modelsOf(kept.map((share) => share / total));
}

/** Posteriors of the given tasks as in a judgement, from the voters' labels. */
function byNaiveBayes(table: VoteTable, truth: Int32Array, rows: readonly number[]): Float64Array {
  const k = table.labels.length;
  const votes = new Map(rows.map((t) => [t, [] as LabelVote[]]));
  const voters: Record<string, EvidenceCell[]> = {};
  const pool = { total: 0, right: 0, squaredError: 0 };
  for (const [v, t] of table.task.entries()) {
    const workerId = table.workers[table.worker[v] ?? 0] ?? '';
    const label = table.label[v] ?? 0;
    votes.get(t)?.push({ workerId, label });
    const right = truth[t] ?? UNKNOWN;
    if (right === UNKNOWN) continue;
    voters[workerId] ??= [];
    voters[workerId].push({ truth: right, said: label, weight: 1, squaredError: 0 });
    pool.total += 1;
    pool.right += Number(right === label);
  }
  const model = workerModel(countGolds(table, truth));
  const golds = model.golds.reduce((sum, n) => sum + n, 0) / table.workers.length;
  const evidence: FacetEvidence = {
    pool,
    voters,
    classPrior: [...classPriorByVotes(table, model, golds)],
  };
  const posterior = new Float64Array(table.tasks.length * k);
  for (const [t, own] of votes) {
    if (own.length > 0) posterior.set(voteOnLabels(own, k, evidence).posterior, t * k);
  }
  return posterior;
}

function fittedBy(
  table: VoteTable,
  ds: ReturnType<typeof fitDawidSkene>,
  ebcc: ReturnType<typeof fitEbcc>,
): Omit<FittedModels, 'weights'> {
  const k = table.labels.length;
  const width = ebcc.saidLogs.length / table.workers.length;
  const log = (p: number) => Math.log(Math.max(CELL_MIN, p));
  const workers = busiest(table).map((w) => {
    const matrix = ds.confusion.subarray(w * k * k, (w + 1) * k * k);
    const said = ebcc.saidLogs.subarray(w * width, (w + 1) * width);
    return [table.workers[w] ?? '', { ds: Array.from(matrix, log), ebcc: [...said] }] as const;
  });
  return {
    dsClasses: Array.from(ds.classMarginals, log),
    ebccParts: [...ebcc.partLogs],
    workers: Object.fromEntries(workers),
  };
}

function busiest({ workers, worker }: VoteTable): number[] {
  const votes = new Int32Array(workers.length);
  for (const w of worker) votes[w] = (votes[w] ?? 0) + 1;
  return [...votes.keys()]
    .filter((w) => (votes[w] ?? 0) >= VOTES_MIN)
    .sort((a, b) => (votes[b] ?? 0) - (votes[a] ?? 0))
    .slice(0, WORKERS_MAX);
}
