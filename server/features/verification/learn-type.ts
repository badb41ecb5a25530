/** Statistics of a sample of a type's answers, without labels. */
import { classPriorByVotes } from './consensus/class-prior';
import type { Evidence, FacetEvidence } from './consensus/evidence-facts';
import { facetsOf, IN, OUT, presenceOf } from './consensus/facets';
import { choicesOf, type Field, fieldsOf } from './consensus/fields';
import { type GoldCounts, workerModel } from './consensus/gold-naive-bayes';
import { labelKey, valueAt } from './consensus/json-value';
import { type Vote, voteTable } from './consensus/vote-table';
import type { Json, JsonObject } from './stage';

/** Answers to tasks of one output schema. */
export interface SampledSchema {
  /** Normalised, as used by forms. */
  schema: JsonObject;
  answers: readonly { taskId: string; workerId: string; outputText: string }[];
}

export interface LearntType {
  /** The choices of each answer (`choicesOf`), schema by schema. */
  choices: string[][][];
  /** P(label) of each facet with golds and enough tasks, in the order of its labels. */
  classPriors: Record<string, number[]>;
}

/** Minimum number of tasks. */
const TASKS_MIN = 10;
/** Facets with more labels have no shares: nearly all of them would be guesses. */
const LABELS_MAX = 50;

/** @param evidence about the sample's workers. */
export function learnType(sample: readonly SampledSchema[], evidence: Evidence): LearntType {
  const votes = new Map<string, { labels: readonly string[]; votes: Vote[] }>();
  const choices = sample.map(({ schema, answers }) => {
    const fields = fieldsOf(schema);
    return answers.map(({ taskId, workerId, outputText }) => {
      const output = JSON.parse(outputText) as Json;
      for (const field of fields) {
        for (const said of saidOf(field, valueAt(output, field.path))) {
          const ofFacet = votes.get(said.key) ?? { labels: said.labels, votes: [] };
          ofFacet.votes.push({ task: taskId, worker: workerId, label: said.label });
          votes.set(said.key, ofFacet);
        }
      }
      return choicesOf(schema, output);
    });
  });
  const classPriors: Record<string, number[]> = {};
  for (const [key, ofFacet] of votes) {
    const known = evidence[key];
    const prior = known && classPriorOf(ofFacet.votes, ofFacet.labels, known);
    if (prior) classPriors[key] = [...prior];
  }
  return { choices, classPriors };
}

/** A value's label in each facet that has labels. */
export function* saidOf(field: Field, value: Json | undefined) {
  const { presence, value: facets, items } = facetsOf(field);
  if (presence) yield { ...presence, label: presenceOf(value) };
  for (const [n, facet] of facets.entries()) {
    if (facet.kind !== 'labels') continue;
    if (field.kind === 'categorical') yield { ...facet, label: labelKey(value) };
    else if (Array.isArray(value)) {
      const key = labelKey(items[n]);
      yield { ...facet, label: value.some((item) => labelKey(item) === key) ? IN : OUT };
    }
  }
}

function classPriorOf(
  votes: readonly Vote[],
  labels: readonly string[],
  { pool, voters }: FacetEvidence,
): Float64Array | null {
  if (labels.length > LABELS_MAX || pool.total === 0) return null;
  const table = voteTable(votes, labels);
  if (table.tasks.length < TASKS_MIN) return null;
  const model = workerModel(countsOf(table.workers, labels.length, voters), pool);
  const golds = model.golds.reduce((sum, n) => sum + n, 0);
  return classPriorByVotes(table, model, golds / table.workers.length);
}

function countsOf(
  workers: readonly string[],
  k: number,
  voters: FacetEvidence['voters'],
): GoldCounts {
  const said = new Float64Array(workers.length * k * k);
  const truths = new Float64Array(k);
  for (const [w, worker] of workers.entries()) {
    for (const cell of voters[worker] ?? []) {
      const place = (w * k + cell.truth) * k + cell.said;
      said[place] = (said[place] ?? 0) + cell.weight;
      truths[cell.truth] = (truths[cell.truth] ?? 0) + cell.weight;
    }
  }
  return { labelCount: k, said, truths };
}
