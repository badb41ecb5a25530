import { Prisma } from '@/server/platform/db';

/**
 * The SQL that counts the tasks which take a worker's places. An answer that only waits out its undo
 * window takes none any more. `workerId` is a column or a value.
 */
export function occupied(workerId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    (SELECT count(*)::int FROM assignments a
      WHERE a.worker_id = ${workerId} AND a.status IN ('offered', 'active')
        AND NOT EXISTS (SELECT 1 FROM drafts d
                         WHERE d.assignment_id = a.id AND d.submits_at IS NOT NULL))`;
}
