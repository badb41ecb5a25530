import { krippendorffAlpha } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { outcomesSql } from './access';
import { groupBy } from './group-by';
import { InsightQuery } from './schema';
import { timeRange } from './time-range';

/** Agreement is measured on at most this many recent multi-vote tasks. */
const TASKS_MAX = 5_000;

export interface Agreement {
  /** One per type, most tasks first. */
  data: {
    type: string;
    tasks: number;
    votes: number;
    /** Krippendorff's alpha; null if every vote has the same label, so that none could differ. */
    alpha: number | null;
    /** Alpha for numeric labels by their order and distance; else null. */
    alpha_ordinal: number | null;
    alpha_interval: number | null;
    /** Share of tasks with a unanimous vote. */
    unanimous: number;
  }[];
  /** Whether older tasks were left out. */
  cut: boolean;
}

/** Inter-rater agreement beyond chance, by type, on tasks with two or more accepted answers. */
export async function getAgreement(actor: Actor, input: InsightQuery): Promise<Agreement> {
  const query = InsightQuery.parse(input);
  const rows = await db.$queryRaw<{ type: string; labels: string[] }[]>`
    SELECT o.type, o.vote_labels AS labels
      FROM task_outcomes o
     WHERE ${outcomesSql(actor, timeRange(query.range), query.type)}
       AND cardinality(o.vote_labels) > 1
     ORDER BY o.created_at DESC LIMIT ${TASKS_MAX}`;
  const byType = groupBy(rows, ({ type }) => type);
  const data = [...byType].map(([type, tasks]) => ({ type, ...agreementOf(tasks) }));
  return { data: data.sort((a, b) => b.tasks - a.tasks), cut: rows.length === TASKS_MAX };
}

function agreementOf(tasks: readonly { labels: string[] }[]) {
  const numbers = new Map<string, number>();
  const units = tasks.map(({ labels }) =>
    labels.map((label) => {
      const known = numbers.get(label) ?? numbers.size;
      numbers.set(label, known);
      return known;
    }),
  );
  const scale = numbersOf(tasks);
  return {
    tasks: units.length,
    votes: units.reduce((sum, unit) => sum + unit.length, 0),
    alpha: krippendorffAlpha(units),
    alpha_ordinal: scale && krippendorffAlpha(scale, 'ordinal'),
    alpha_interval: scale && krippendorffAlpha(scale, 'interval'),
    unanimous: units.filter((unit) => new Set(unit).size === 1).length / units.length,
  };
}

/** The JSON labels as numbers; null if one is not a number. */
function numbersOf(tasks: readonly { labels: string[] }[]): number[][] | null {
  const units = tasks.map(({ labels }) =>
    labels.map((label) => {
      const text = label.replace(/^"(.*)"$/, '$1');
      return text.trim() === '' ? Number.NaN : Number(text);
    }),
  );
  return units.flat().every(Number.isFinite) ? units : null;
}
