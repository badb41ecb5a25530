import { holdsSkills, inCrowd, inPool, trustedWith } from '@/server/features/workers';
import { Prisma, type Tx } from '@/server/platform/db';

/** How many online workers are checked for having seen the question. */
const LOOKED_AT_MAX = 200;

const OWNER = Prisma.sql`t.organization_id`;

/**
 * Workers who could give a blind re-vote now, in random order with idle ones first: online, allowed
 * the task's tier, not paused for its type, in its pool, with every skill, and never asked this
 * question before, be it as this task, a gold, a re-vote or another task with the same payload.
 * Excludes every profile of the appealing worker.
 */
export async function findReVoters(
  tx: Pick<Tx, '$queryRaw'>,
  { id, taskId, workerId }: { id: string; taskId: string; workerId: string },
  limit: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH candidate AS MATERIALIZED (
      SELECT w.id
        FROM tasks t
        JOIN workers w ON w.mode = t.mode AND w.online AND w.status = 'active'
         AND ${trustedWith(OWNER, Prisma.sql`t.type`, Prisma.sql`t.risk_tier`)}
         AND ${inPool(OWNER, Prisma.sql`t.pool_organization_id`)}
         AND ${inCrowd(OWNER, Prisma.sql`t.crowd_seats`)}
       WHERE t.id = ${taskId}::uuid AND ${holdsSkills(Prisma.sql`t.skills_required`, OWNER)}
         AND w.id <> ${workerId}::uuid
         AND w.user_id IS DISTINCT FROM (
               SELECT coalesce(own.user_id, own.id) FROM workers own
                WHERE own.id = ${workerId}::uuid)
       ORDER BY w.capacity <= (
                  SELECT count(*) FROM assignments a
                   WHERE a.worker_id = w.id AND a.status IN ('offered', 'active')), random()
       LIMIT ${LOOKED_AT_MAX}
    )
    SELECT c.id FROM candidate c, tasks t
     WHERE t.id = ${taskId}::uuid
       AND NOT EXISTS (
         SELECT FROM assignments a JOIN tasks had ON had.id = a.task_id
          WHERE a.worker_id = c.id AND had.organization_id = t.organization_id
            AND had.type = t.type AND had.payload::text = t.payload::text)
       AND NOT EXISTS (
         SELECT FROM tasks asked
          WHERE asked.appeal_id = ${id}::uuid AND asked.reserved_for = c.id)
       AND NOT EXISTS (
         SELECT FROM tasks waiting
          WHERE waiting.reserved_for = c.id AND waiting.completed_at IS NULL
            AND waiting.organization_id = t.organization_id AND waiting.type = t.type
            AND waiting.payload::text = t.payload::text)
     LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
