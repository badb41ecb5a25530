import { Prisma } from '@/server/platform/db';

/**
 * SQL that counts a worker's occupied places. An answer in its undo window takes none. `workerId`
 * is a column or a value.
 */
export function occupied(workerId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    (SELECT count(*)::int FROM assignments a
      WHERE a.worker_id = ${workerId} AND a.status IN ('offered', 'active')
        AND NOT EXISTS (SELECT 1 FROM drafts d
                         WHERE d.assignment_id = a.id AND d.submits_at IS NOT NULL))`;
}
