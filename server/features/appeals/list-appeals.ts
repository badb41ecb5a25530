import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import type { Page } from '@/server/platform/page';
import { pageOf } from '@/server/platform/page';
import { assertOperator } from './access';
import { type AppealItem, ListAppeals } from './schema';

/**
 * A page of appeals in the operator's mode, open or decided, newest first; within a page, open ones
 * are sorted by deadline.
 * @throws Forbidden unless the actor is an operator.
 */
export async function listAppeals(actor: Actor, query: ListAppeals): Promise<Page<AppealItem>> {
  const { mode } = assertOperator(actor);
  const { shown, after, limit } = ListAppeals.parse(query);
  const rows = await db.appeal.findMany({
    where: {
      mode,
      status: shown === 'open' ? 'open' : { not: 'open' },
      ...(after ? { id: shown === 'open' ? { gt: after } : { lt: after } } : {}),
    },
    orderBy: { id: shown === 'open' ? 'asc' : 'desc' },
    take: limit + 1,
  });
  const organizations = await db.organization.findMany({
    where: { id: { in: rows.map(({ organizationId }) => organizationId) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(organizations.map(({ id, name }) => [id, name]));
  return pageOf(rows, limit, (row) => ({
    id: row.id,
    taskId: row.taskId,
    organization: nameOf.get(row.organizationId) ?? '',
    type: row.type,
    reason: row.reason,
    ground: row.ground,
    status: row.status,
    route: row.route,
    decidedBy: row.decidedBy,
    explanation: row.explanation,
    createdAt: row.createdAt,
    dueAt: row.dueAt,
    decidedAt: row.decidedAt,
  }));
}
