import type { Actor } from '@/server/platform/actor';
import { decodeCursor } from '@/server/platform/cursor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { type Page, pageOf } from '@/server/platform/page';
import { visibleTo } from './access';
import { renderTaskType } from './render';
import type { TaskType } from './schema';

/** The built-in types, visible to every organization. */
const SHIPPED = { organizationId: null } as const;

/**
 * A page of the types available to tasks: the organization's own, newest first, then built-in types
 * that are not replaced.
 */
export async function listTaskTypes(
  actor: Actor,
  query: { limit: number; after?: string | undefined },
): Promise<Page<TaskType>> {
  const own = visibleTo(actor);
  const after = decodeCursor(query.after);
  const shipped = await db.taskType.findMany({ where: SHIPPED, select: { type: true } });
  const replaced = await db.taskType.findMany({
    where: { AND: [own, { type: { in: shipped.map(({ type }) => type) } }] },
    select: { type: true },
  });
  const rows = await db.taskType.findMany({
    where: {
      AND: [
        { OR: [own, { ...SHIPPED, type: { notIn: replaced.map(({ type }) => type) } }] },
        after ? { id: { lt: after } } : {},
      ],
    },
    // Built-in types have the lowest IDs, so they come last.
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return pageOf(rows, query.limit, renderTaskType);
}

/**
 * A type as it applies to the actor's tasks: the organization's own, else the built-in one.
 * @throws NotFound
 */
export async function getTaskType(actor: Actor, type: string): Promise<TaskType> {
  const own = visibleTo(actor);
  const rows = await db.taskType.findMany({ where: { AND: [{ type }, { OR: [own, SHIPPED] }] } });
  const row = rows.find((each) => each.organizationId !== null) ?? rows[0];
  if (!row) throw new NotFound('task type', type);
  return renderTaskType(row);
}

/**
 * The built-in type of a name, whether or not the organization replaced it.
 * @throws NotFound
 */
export async function getShippedTaskType(actor: Actor, type: string): Promise<TaskType> {
  visibleTo(actor);
  const row = await db.taskType.findFirst({ where: { ...SHIPPED, type } });
  if (!row) throw new NotFound('task type', type);
  return renderTaskType(row);
}
