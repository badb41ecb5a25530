import { inCrowd, inPool, trustedWith } from '@/server/features/workers';
import type { WorkerActor } from '@/server/platform/actor';
import { Prisma } from '@/server/platform/db';

const OWNER = Prisma.sql`t.organization_id`;

/**
 * SQL condition on `tasks t`: what this worker may take now. A free seat, time left, its tier, pool
 * and skills, no pause of the type, nothing reserved for another worker, and never on this task
 * before. `t.open_seats > 0` matches the queue's partial index.
 */
export function takeable(actor: WorkerActor, now: Date): Prisma.Sql {
  return Prisma.sql`
    t.open_seats > 0 AND t.mode = ${actor.mode}::mode AND t.status IN ('posted', 'assigned')
    AND t.expires_at > ${now}
    AND (t.reserved_for IS NULL OR t.reserved_for = ${actor.workerId}::uuid)
    AND EXISTS (
      SELECT 1 FROM workers w
       WHERE w.id = ${actor.workerId}::uuid AND w.status = 'active'
         AND ${trustedWith(OWNER, Prisma.sql`t.type`, Prisma.sql`t.risk_tier`)}
         AND ${inPool(OWNER, Prisma.sql`t.pool_organization_id`)}
         AND ${inCrowd(OWNER, Prisma.sql`t.crowd_seats`)})
    AND t.skills_required <@ (ARRAY(
      SELECT s.skill FROM worker_skills s
       WHERE s.worker_id = ${actor.workerId}::uuid AND NOT s.paused) || ARRAY(
      SELECT unnest(g.skills) FROM pool_guests g
       WHERE g.worker_id = ${actor.workerId}::uuid AND g.organization_id = ${OWNER}
         AND g.status = 'active'))
    AND NOT EXISTS (
      SELECT 1 FROM assignments a
       WHERE a.task_id = t.id AND a.worker_id = ${actor.workerId}::uuid)`;
}

/**
 * Same for the most urgent tasks, read with `ORDER BY t.expires_at LIMIT n`. The planner greatly
 * underestimates how many tasks meet `takeable`, and would sort all open ones; with a CASE it
 * assumes half, and uses the index.
 */
export function mostUrgentTakeable(actor: WorkerActor, now: Date): Prisma.Sql {
  return Prisma.sql`
    t.open_seats > 0 AND t.mode = ${actor.mode}::mode AND t.expires_at > ${now}
    AND CASE WHEN ${takeable(actor, now)} THEN true ELSE false END`;
}
