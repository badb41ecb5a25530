import { Prisma } from '@/server/platform/db';

/** How much the newest assignment counts in a worker's reliability; about the last 20 decide. */
const WEIGHT = 0.05;

/**
 * Moves workers' reliability after their assignments: up where they answered, down where an assignment lapsed
 * after the worker had started. An offer that is declined or not taken up, and a release with a
 * reason, cost a worker nothing. Routing goes by all of a worker's assignments; the tier by rule, which is an
 * organization's own, by those of its type since the first that was judged.
 *
 * These are common table expressions, for a statement that ends the assignments as well. Of several at
 * once, records are locked before workers, and each in one order.
 * @param attended A query of worker, organization and type, a row for each assignment.
 */
export function reliabilitySteps(attended: Prisma.Sql, outcome: 'answered' | 'lapsed'): Prisma.Sql {
  const target = outcome === 'answered' ? 1 : 0;
  const moved = (row: Prisma.Sql) => Prisma.sql`
    reliability = ${target}::float8 +
      (${row}.reliability - ${target}::float8) * power(${1 - WEIGHT}::float8, a.times)`;
  return Prisma.sql`
    attended AS (
      SELECT worker_id, organization_id, type, count(*)::float8 AS times
        FROM (${attended}) AS each(worker_id, organization_id, type)
       GROUP BY worker_id, organization_id, type
    ), records_held AS MATERIALIZED (
      SELECT r.worker_id, r.organization_id, r.type, a.times
        FROM worker_type_records r JOIN attended a USING (worker_id, organization_id, type)
       ORDER BY r.worker_id, r.organization_id, r.type
         FOR NO KEY UPDATE OF r
    ), reliable_of_type AS (
      UPDATE worker_type_records r SET ${moved(Prisma.sql`r`)}
        FROM records_held a
       WHERE r.worker_id = a.worker_id AND r.organization_id = a.organization_id AND r.type = a.type
      RETURNING r.worker_id
    ), workers_held AS MATERIALIZED (
      SELECT w.id, a.times
        FROM workers w
        JOIN (SELECT worker_id, sum(times) AS times FROM attended GROUP BY worker_id) a
          ON a.worker_id = w.id
       WHERE (SELECT count(*) FROM reliable_of_type) >= 0
       ORDER BY w.id
         FOR NO KEY UPDATE OF w
    ), reliable AS (
      UPDATE workers w SET ${moved(Prisma.sql`w`)} FROM workers_held a WHERE w.id = a.id
    )`;
}
