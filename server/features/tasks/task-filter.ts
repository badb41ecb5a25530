import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { isUuid, lowestIdAt } from '@/server/platform/ids';
import { visibleSql } from './access';
import type { TaskFilter } from './schema';
import { ownerEntry, pairEntry, searchCondition } from './search-words';

/** Ids are made just before their row's time is read, on another machine's clock perhaps. */
const ID_SLACK_MS = 60_000;

/** Up to so many tasks are looked up one by one; of more, the newest are soon met by going back in time. */
const FEW = 2_000;

/** The conditions on `tasks t` of a filtered list, beginning with what the actor may see. */
export async function filterSql(actor: Actor, filter: TaskFilter): Promise<Prisma.Sql> {
  const { created_after: after, created_before: before } = filter;
  const conditions = [
    visibleSql(actor),
    filter.status?.length ? Prisma.sql`t.status = ANY(${filter.status}::task_status[])` : null,
    filter.type?.length ? Prisma.sql`t.type = ANY(${filter.type}::text[])` : null,
    after ? Prisma.sql`t.created_at > ${after} AND t.id >= ${idNear(after, -1)}::uuid` : null,
    before ? Prisma.sql`t.created_at < ${before} AND t.id < ${idNear(before, 1)}::uuid` : null,
    ...(await wordsSql(actor, filter)),
  ].filter((condition) => condition !== null);
  return Prisma.join(conditions, ' AND ');
}

/** Ids sort by time, so a span of time is a span of the index on them. */
function idNear(date: Date, direction: 1 | -1): string {
  return lowestIdAt(date.getTime() + direction * ID_SLACK_MS);
}

/**
 * The conditions that metadata and search make. The planner cannot know how rare a word is that it
 * has not counted, and would go through every task for one that is nowhere; so the few that have
 * all of them are found first, and where they are many the list's own order is the way.
 */
async function wordsSql(actor: Actor, filter: TaskFilter): Promise<Prisma.Sql[]> {
  const pairs = Object.entries(filter.metadata ?? {});
  const text = filter.search?.trim() ?? '';
  const byId = isUuid(text) ? [Prisma.sql`t.id = ${text}::uuid`] : [];
  const words = text === '' || byId.length > 0 ? null : searchCondition(text);
  if (text !== '' && byId.length === 0 && !words) return [Prisma.sql`false`];
  const exact = pairs.map(([key, value]) => Prisma.sql`t.metadata ->> ${key} = ${value}`);
  const entries = [
    ...pairs.map(([key, value]) => `'${pairEntry(key, value)}'`),
    ...(words ? [words] : []),
  ];
  if (entries.length === 0) return byId;
  const few = await findFew(ownQuery(actor, entries), words === null);
  if (few) return [...byId, Prisma.sql`t.id = ANY(${few}::uuid[])`, ...exact];
  const searched = words
    ? Prisma.sql`t.id IN (
        SELECT s.task_id FROM task_search s WHERE s.words @@ ${ownQuery(actor, [words])}::tsquery)`
    : null;
  return [...byId, ...exact, ...(searched ? [searched] : [])];
}

/**
 * The tasks that have all these entries; null where they are many. For metadata alone, tasks the
 * search has not read yet are among them, since the metadata itself is looked at afterwards.
 */
async function findFew(query: string, withUnread: boolean): Promise<string[] | null> {
  const unread = withUnread
    ? Prisma.sql`UNION ALL (SELECT task_id FROM task_search WHERE words IS NULL LIMIT ${FEW + 1})`
    : Prisma.empty;
  const rows = await db.$queryRaw<{ id: string }[]>`
    (SELECT task_id AS id FROM task_search WHERE words @@ ${query}::tsquery LIMIT ${FEW + 1}) ${unread}`;
  return rows.length > FEW ? null : rows.map(({ id }) => id);
}

/** Entries that all must be there, among the actor's own tasks where it has its own. */
function ownQuery(actor: Actor, entries: readonly string[]): string {
  const own =
    actor.kind === 'key' || actor.kind === 'member'
      ? [`'${ownerEntry(actor.organizationId, actor.mode)}'`]
      : [];
  return [...own, ...entries].join(' & ');
}
