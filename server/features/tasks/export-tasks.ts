import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { renderPage } from './queries';
import type { Task, TaskFilter } from './schema';
import { filterSql } from './task-filter';

/** Tasks per batch; payloads may be large. */
const TASKS_AT_ONCE = 200;

/**
 * Complete tasks matching a filter, newest first, page by page, for a download.
 * @param olderThan the previous page's `next`.
 */
export async function exportTasks(
  actor: Actor,
  filter: TaskFilter,
  olderThan?: string,
): Promise<{ data: Task[]; next: string | null }> {
  const edge = olderThan ? Prisma.sql`AND t.id < ${olderThan}::uuid` : Prisma.empty;
  const where = await filterSql(actor, filter);
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t WHERE ${where} ${edge}
     ORDER BY t.id DESC LIMIT ${TASKS_AT_ONCE}`;
  const data = await renderPage(found.map(({ id }) => id));
  return { data, next: found.length === TASKS_AT_ONCE ? (found.at(-1)?.id ?? null) : null };
}
