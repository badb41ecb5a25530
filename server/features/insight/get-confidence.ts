import { assertActsForOrganization } from '@/server/features/organizations';
import {
  type ConfidenceBasis,
  calibrationOf,
  cohenKappa,
  confidenceBasis,
  eceFloor,
} from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { type Bucket, wilson } from './calibration';
import { groupBy } from './group-by';
import { InsightQuery } from './schema';
import { timeRange } from './time-range';

/** At most this many recent labelled tasks are measured. */
const TASKS_MAX = 5_000;

export interface ConfidenceFacts {
  /** Labelled tasks in the range, and those with a right output. */
  tasks: number;
  right: number;
  /**
   * Expected calibration error in 15 bins, and the value that perfect calibration would show by
   * chance.
   */
  ece: number | null;
  ece_floor: number | null;
}

export interface ConfidenceOfType extends ConfidenceFacts {
  type: string;
  /** Based on all labelled tasks of the type. */
  basis: ConfidenceBasis;
  /** Where labels came from. */
  sources: Record<string, number>;
  /** Cohen's kappa between the votes and the labels; null if none could differ. */
  kappa: number | null;
}

export interface Confidence {
  total: ConfidenceFacts;
  buckets: Bucket[];
  /** Most labelled tasks first. */
  types: ConfidenceOfType[];
  /** Whether older tasks were left out. */
  cut: boolean;
}

interface Row {
  type: string;
  source: string;
  confidence: number;
  correct: boolean;
  facets: string[];
  truths: number[];
  said: number[];
}

/**
 * Checks whether stated confidence holds: compares the organization's verified outputs, at the
 * confidence stated before the task was used as evidence, with what golds, reviews and audits
 * showed to be right.
 */
export async function getConfidence(actor: Actor, input: InsightQuery): Promise<Confidence> {
  const query = InsightQuery.parse(input);
  const { organizationId, mode } = assertActsForOrganization(actor, 'insight');
  const own = { organizationId, mode, ...(query.type ? { type: query.type } : {}) };
  const [rows, counts] = await Promise.all([
    db.labelledTask.findMany({
      where: { ...own, recordedAt: { gte: timeRange(query.range).startsAt } },
      orderBy: [{ recordedAt: 'desc' }, { taskId: 'desc' }],
      take: TASKS_MAX,
      select: {
        ...{ type: true, source: true, confidence: true, correct: true },
        ...{ facets: true, truths: true, said: true },
      },
    }),
    db.labelledTask.groupBy({ by: ['type'], where: own, _count: true }),
  ]);
  const ever = new Map(counts.map(({ type, _count }) => [type, _count]));
  const types = [...groupBy(rows, ({ type }) => type)].map(([type, group]) => ({
    ...factsOf(group),
    ...{ type, basis: confidenceBasis(ever.get(type) ?? 0), kappa: kappaOf(group) },
    sources: Object.fromEntries(
      [...groupBy(group, ({ source }) => source)].map(([source, of]) => [source, of.length]),
    ),
  }));
  return {
    total: factsOf(rows),
    buckets: bucketsOf(rows),
    types: types.sort((a, b) => b.tasks - a.tasks),
    cut: rows.length === TASKS_MAX,
  };
}

const statedOf = ({ confidence, correct }: Row) => ({ confidence, correct: Number(correct) });

function factsOf(rows: readonly Row[]): ConfidenceFacts {
  return {
    tasks: rows.length,
    right: rows.filter(({ correct }) => correct).length,
    ece: calibrationOf(rows.map(statedOf)).ece,
    ece_floor: eceFloor(rows.map(({ confidence }) => confidence)),
  };
}

function bucketsOf(rows: readonly Row[]): Bucket[] {
  return calibrationOf(rows.map(statedOf)).bins.map(
    ({ from, to, count, meanConfidence, accuracy }) => {
      const right = Math.round(accuracy * count);
      const interval = wilson(right, count);
      return { from, to, count, right, accuracy, confidence: meanConfidence, interval };
    },
  );
}

/** Per field, weighted by its tasks, because labels of different fields are not comparable. */
function kappaOf(rows: readonly Row[]): number | null {
  const pairs = rows.flatMap(({ facets, truths, said }) =>
    facets.map((facet, i) => ({ facet, pair: [String(said[i]), String(truths[i])] as const })),
  );
  const fields = [...groupBy(pairs, ({ facet }) => facet).values()].flatMap((of) => {
    const kappa = cohenKappa(of.map(({ pair }) => pair));
    return kappa === null ? [] : [{ kappa, weight: of.length }];
  });
  const weight = fields.reduce((sum, field) => sum + field.weight, 0);
  if (weight === 0) return null;
  return fields.reduce((sum, field) => sum + field.kappa * field.weight, 0) / weight;
}
