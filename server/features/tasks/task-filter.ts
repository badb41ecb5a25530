import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { isUuid, lowestIdAt } from '@/server/platform/ids';
import { visibleSql } from './access';
import type { TaskFilter } from './schema';
import { ownerEntry, pairEntry, searchCondition } from './search-words';

/** IDs are generated just before the row's timestamp, possibly on another machine's clock. */
const ID_SLACK_MS = 60_000;

/**
 * Up to this many matches are looked up by ID; with more, scanning from the newest finds some
 * quickly.
 */
const FEW = 2_000;

/** The conditions on `tasks t` of a filtered list, starting with the actor's visibility. */
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

/** IDs sort by time, so a time range is an index range. */
function idNear(date: Date, direction: 1 | -1): string {
  return lowestIdAt(date.getTime() + direction * ID_SLACK_MS);
}

/**
 * The conditions of metadata and search. The planner cannot estimate how rare a word is, and would
 * scan every task for one that does not occur; so rare matches are looked up first, and frequent
 * ones use the list's own order.
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
 * The tasks with all these entries; null if there are many. For metadata alone, includes tasks that
 * are not indexed yet, because the metadata itself is checked afterwards.
 */
async function findFew(query: string, withUnread: boolean): Promise<string[] | null> {
  const unread = withUnread
    ? Prisma.sql`UNION ALL (SELECT task_id FROM task_search WHERE words IS NULL LIMIT ${FEW + 1})`
    : Prisma.empty;
  const rows = await db.$queryRaw<{ id: string }[]>`
    (SELECT task_id AS id FROM task_search WHERE words @@ ${query}::tsquery LIMIT ${FEW + 1}) ${unread}`;
  return rows.length > FEW ? null : rows.map(({ id }) => id);
}

/** A query for all entries, restricted to the actor's organization if it has one. */
function ownQuery(actor: Actor, entries: readonly string[]): string {
  const own =
    actor.kind === 'key' || actor.kind === 'member'
      ? [`'${ownerEntry(actor.organizationId, actor.mode)}'`]
      : [];
  return [...own, ...entries].join(' & ');
}
