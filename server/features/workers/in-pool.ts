import { Prisma } from '@/server/platform/db';

/**
 * The SQL condition, on `workers w`, that a worker may see and answer an organization's tasks: of
 * its own pool, its guest from another, or of the public pool where the task is not kept to its own
 * people. People of the public pool have confirmed their address, and have been approved by an
 * operator where the organization asks for that.
 * @param organizationId whose task it is
 * @param closedTo the pool the task is kept to; null where it is open to the public one
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
 * The SQL condition, on `workers w`, that a task is for them: a scripted task for the first workers of
 * its organization's crowd, every other one for everybody else.
 * @param organizationId whose task it is
 * @param seats how many of the crowd it is for; null where it has no script
 */
export function inCrowd(organizationId: Prisma.Sql, seats: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    (${seats} IS NULL AND w.script_seat IS NULL)
    OR (w.scripted_for = ${organizationId} AND w.script_seat < ${seats}))`;
}

/**
 * The SQL condition, on `workers w`, that a worker holds every one of `skills`: by themselves and
 * not paused, or as the organization's guest.
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
 * The SQL condition, on `workers w`, that a worker may be given an organization's tasks of a type and risk:
 * the type is not paused for them there, and the risk lies within their tier, which golds of the type have
 * raised or lowered where a rule sets it.
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
