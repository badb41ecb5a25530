import type { Task as TaskRow } from '@/prisma/generated/client';
import { type Actor, actorLabel, type Mode, type OrganizationActor } from '@/server/platform/actor';
import { Prisma } from '@/server/platform/db';
import { Forbidden } from '@/server/platform/errors';

interface Reach {
  organizationId?: string;
  mode?: Mode;
  reservedFor?: null;
  /** Restricts to tasks it has created itself. */
  createdBy?: string;
}

/**
 * What an actor may see of tasks; null if nothing. Workers see assignments, never tasks. Golds and
 * re-votes are hidden from their organization, which did not request them.
 */
function reach(actor: Actor): Reach | null {
  switch (actor.kind) {
    case 'key':
    case 'member':
      return { organizationId: actor.organizationId, mode: actor.mode, reservedFor: null };
    case 'purchase':
      return {
        ...{ organizationId: actor.organizationId, mode: actor.mode, reservedFor: null },
        createdBy: actorLabel(actor),
      };
    case 'operator':
      return { mode: actor.mode };
    case 'system':
      return {};
    case 'worker':
      return null;
  }
}

/** The tasks visible to an actor as a customer or an operator; every read is restricted to them. */
export function visibleTo(actor: Actor): Prisma.TaskWhereInput {
  return reach(actor) ?? { id: { in: [] } };
}

/** The same as a SQL condition on `tasks t`. */
export function visibleSql(actor: Actor): Prisma.Sql {
  const seen = reach(actor);
  if (!seen) return Prisma.sql`false`;
  const { organizationId, mode, createdBy } = seen;
  const byIt = createdBy ? Prisma.sql`AND t.created_by = ${createdBy}` : Prisma.empty;
  const own = organizationId
    ? Prisma.sql`t.organization_id = ${organizationId}::uuid AND t.reserved_for IS NULL ${byIt}`
    : Prisma.sql`true`;
  return mode ? Prisma.sql`${own} AND t.mode = ${mode}::mode` : own;
}

/** The columns that determine a task's owner. */
export type OwnedRow = Pick<TaskRow, 'organizationId' | 'mode' | 'reservedFor' | 'createdBy'>;

/** Same, for a task already read. */
export function maySee(actor: Actor, task: OwnedRow): boolean {
  const seen = reach(actor);
  if (!seen) return false;
  return Object.entries(seen).every(([name, value]) => task[name as keyof Reach] === value);
}

/**
 * The actor, if it may spend its organization's money on tasks.
 * @throws Forbidden for viewers, workers and operators.
 */
export function assertCreatesTasks(actor: Actor): OrganizationActor {
  if (actor.kind === 'key' || actor.kind === 'purchase') return actor;
  if (actor.kind === 'member' && actor.role !== 'viewer') return actor;
  throw new Forbidden('not_allowed', 'Creating and cancelling tasks requires the developer role.');
}
