import { krippendorffAlpha } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { outcomesSql } from './access';
import { InsightQuery } from './schema';
import { timeRange } from './time-range';

/** The latest tasks with several votes that agreement is measured on. */
const TASKS_MAX = 5_000;

export interface Agreement {
  /** One a type, those with the most tasks first. */
  data: {
    type: string;
    tasks: number;
    votes: number;
    /** Krippendorff's alpha; null where every vote said the same word, and none could differ. */
    alpha: number | null;
    /** Share of tasks whose voters all said the same. */
    unanimous: number;
  }[];
  /** True where there were more tasks than are measured. */
  cut: boolean;
}

/** How far workers agree beyond chance, by type, on tasks with two or more accepted answers. */
export async function getAgreement(actor: Actor, input: InsightQuery): Promise<Agreement> {
  const query = InsightQuery.parse(input);
  const rows = await db.$queryRaw<{ type: string; labels: string[] }[]>`
    SELECT o.type, o.vote_labels AS labels
      FROM task_outcomes o
     WHERE ${outcomesSql(actor, timeRange(query.range), query.type)}
       AND cardinality(o.vote_labels) > 1
     ORDER BY o.created_at DESC LIMIT ${TASKS_MAX}`;
  const byType = groupByType(rows);
  const data = [...byType].map(([type, tasks]) => ({ type, ...agreementOf(tasks) }));
  return { data: data.sort((a, b) => b.tasks - a.tasks), cut: rows.length === TASKS_MAX };
}

function groupByType<Row extends { type: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.type);
    if (group) group.push(row);
    else groups.set(row.type, [row]);
  }
  return groups;
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
  return {
    tasks: units.length,
    votes: units.reduce((sum, unit) => sum + unit.length, 0),
    alpha: krippendorffAlpha(units),
    unanimous: units.filter((unit) => new Set(unit).size === 1).length / units.length,
  };
}
