import { Prisma } from '@/server/platform/db';

/** Weight of the newest assignment in a worker's reliability; roughly the last 20 matter. */
const WEIGHT = 0.05;

/**
 * Updates workers' reliability after assignments: up for answers, down for assignments that expired
 * after the start. Declined or ignored offers and releases with a reason have no effect. Routing
 * uses all of a worker's assignments; the rule-based tier, which is per organization, those of its
 * type since the first judged one.
 *
 * Common table expressions for a statement that also ends the assignments. Records are locked
 * before workers, each in a fixed order.
 * @param attended A query of worker, organization and type, with a row per assignment.
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
