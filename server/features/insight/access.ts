import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { Prisma } from '@/server/platform/db';
import type { TimeRange } from './time-range';

/**
 * The actor's own outcomes in a time range, as a condition on `task_outcomes o`.
 * @throws NotFound if the actor has no organization.
 */
export function outcomesSql(actor: Actor, range: TimeRange, type: string | undefined): Prisma.Sql {
  const { organizationId, mode } = assertActsForOrganization(actor, 'insight');
  return Prisma.sql`
    o.organization_id = ${organizationId}::uuid AND o.mode = ${mode}::mode
    AND o.created_at >= ${range.startsAt}
    ${type ? Prisma.sql`AND o.type = ${type}` : Prisma.empty}`;
}

/**
 * The actor's own open tasks in a time range, as a condition on `tasks t`; excludes golds and
 * re-votes.
 */
export function openTasksSql(actor: Actor, range: TimeRange, type: string | undefined): Prisma.Sql {
  const { organizationId, mode } = assertActsForOrganization(actor, 'insight');
  return Prisma.sql`
    t.organization_id = ${organizationId}::uuid AND t.mode = ${mode}::mode
    AND t.status IN ('posted', 'assigned', 'submitted') AND t.reserved_for IS NULL
    AND t.id >= ${range.lowestId}::uuid AND t.created_at >= ${range.startsAt}
    ${type ? Prisma.sql`AND t.type = ${type}` : Prisma.empty}`;
}
