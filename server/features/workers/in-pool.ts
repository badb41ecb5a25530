import { Prisma } from '@/server/platform/db';

/**
 * SQL condition on `workers w`: the worker may see and answer an organization's tasks, being in its
 * pool, its guest from another pool, or in the public pool if the task is open to it. Workers of
 * the public pool must have confirmed their address and, if the organization requires it, be
 * approved by an operator.
 * @param organizationId the task's organization
 * @param closedTo the pool the task is restricted to; null if the public pool may take it
 */
export function inPool(organizationId: Prisma.Sql, closedTo: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    (w.pool_organization_id = ${organizationId} AND w.removed_at IS NULL)
    OR (w.pool_organization_id IS NULL AND ${closedTo} IS NULL AND (w.simulated OR (
      EXISTS (SELECT FROM users u
               WHERE u.id = w.user_id AND u.email_confirmed_at IS NOT NULL)
      AND (w.vetted_at IS NOT NULL OR NOT EXISTS (
        SELECT FROM organizations o
         WHERE o.id = ${organizationId} AND o.vetted_workers_only)))))
    OR EXISTS (SELECT FROM pool_guests g
                WHERE g.worker_id = w.id AND g.organization_id = ${organizationId}
                  AND g.status = 'active'))`;
}

/**
 * SQL condition on `workers w`: a scripted task is for the first workers of its organization's
 * crowd, every other task for all other workers.
 * @param organizationId the task's organization
 * @param seats how many of the crowd it is for; null without a script
 */
export function inCrowd(organizationId: Prisma.Sql, seats: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    (${seats} IS NULL AND w.script_seat IS NULL)
    OR (w.scripted_for = ${organizationId} AND w.script_seat < ${seats}))`;
}

/**
 * SQL condition on `workers w`: the worker has all `skills`, unpaused, or was granted them as the
 * organization's guest.
 */
export function holdsSkills(skills: Prisma.Sql, organizationId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT FROM unnest(${skills}) AS needed(skill)
     WHERE NOT EXISTS (SELECT FROM worker_skills s
                        WHERE s.worker_id = w.id AND s.skill = needed.skill AND NOT s.paused)
       AND NOT EXISTS (SELECT FROM pool_guests g
                        WHERE g.worker_id = w.id AND g.organization_id = ${organizationId}
                          AND g.status = 'active' AND needed.skill = ANY(g.skills)))`;
}

/**
 * SQL condition on `workers w`: the worker may get an organization's tasks of a type and risk. The
 * type is not paused for them there, and the risk is within their tier, as adjusted by the type's
 * golds if a rule sets it.
 */
export function trustedWith(
  organizationId: Prisma.Sql,
  type: Prisma.Sql,
  riskTier: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`(
    CASE WHEN w.tier_auto THEN coalesce((
           SELECT own.tier FROM worker_type_records own
            WHERE own.worker_id = w.id AND own.organization_id = ${organizationId}
              AND own.type = ${type}), w.tier)
         ELSE w.tier END >= ${riskTier}
    AND NOT EXISTS (SELECT FROM skill_pauses p
                     WHERE p.worker_id = w.id AND p.organization_id = ${organizationId}
                       AND p.type = ${type} AND p.lifted_at IS NULL))`;
}
