import { db } from '@/server/platform/db';
import { PEOPLE_MODE } from './access';
import type { PersonPace } from './schema';

/** The latest verified tasks per type; more would barely change the result. */
const TASKS_PER_TYPE = 500;
const TYPES_SHOWN = 5;

/**
 * How long they take for the organization's tasks, by type, compared with the type's typical time.
 */
export async function readPace(
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, PersonPace[]>> {
  const own = await db.$queryRaw<
    { id: string; type: string; answers: number; medianSeconds: number }[]
  >`
    SELECT a.worker_id AS id, a.type, count(*)::int AS answers,
           (percentile_cont(0.5) WITHIN GROUP (ORDER BY a.elapsed_ms) / 1000)::float8
             AS "medianSeconds"
      FROM answers a JOIN tasks t ON t.id = a.task_id
     WHERE a.worker_id = ANY(${ids}::uuid[]) AND a.status = 'accepted'
       AND t.organization_id = ${organizationId}::uuid AND t.reserved_for IS NULL
     GROUP BY a.worker_id, a.type
     ORDER BY answers DESC`;
  const types = [...new Set(own.map(({ type }) => type))];
  const usual = await db.$queryRaw<{ type: string; median: number }[]>`
    SELECT wanted.type,
           (percentile_cont(0.5) WITHIN GROUP (ORDER BY a.elapsed_ms) / 1000)::float8 AS median
      FROM unnest(${types}::text[]) AS wanted(type)
      CROSS JOIN LATERAL (
        SELECT t.id FROM tasks t
         WHERE t.organization_id = ${organizationId}::uuid AND t.mode = ${PEOPLE_MODE}::mode
           AND t.type = wanted.type AND t.status = 'verified' AND t.reserved_for IS NULL
         ORDER BY t.id DESC LIMIT ${TASKS_PER_TYPE}) latest
      JOIN answers a ON a.task_id = latest.id AND a.status = 'accepted'
     GROUP BY wanted.type`;
  const medians = new Map(usual.map(({ type, median }) => [type, median]));
  const byWorker = new Map<string, PersonPace[]>();
  for (const { id, ...pace } of own) {
    const known = byWorker.get(id) ?? [];
    if (known.length >= TYPES_SHOWN) continue;
    known.push({ ...pace, typeMedianSeconds: medians.get(pace.type) ?? null });
    byWorker.set(id, known);
  }
  return byWorker;
}
