import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { Forbidden } from '@/server/platform/errors';
import { isUuid, lowestIdAt } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { namesOf } from './audit-names';
import { FindAuditEntries, type InstanceAuditRecord } from './schema';

const DAY_MS = 86_400_000;
/** Maximum number of users matched by address prefix. */
const PEOPLE_MAX = 50;

interface Row {
  id: string;
  organizationId: string | null;
  actor: string;
  action: string;
  subject: string;
  data: Record<string, unknown>;
  network: string | null;
  at: Date;
}

/**
 * A page of the instance's audit log, newest first.
 * @throws Forbidden unless the actor is an operator.
 */
export async function findAuditEntries(
  actor: Actor,
  input: FindAuditEntries,
): Promise<Page<InstanceAuditRecord>> {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators can read the instance’s audit log.');
  }
  const { noun, organizationId, who, from, to, after, limit } = FindAuditEntries.parse(input);
  const conditions = [
    ...(noun ? [Prisma.sql`split_part(e.action, '.', 1) = ${noun}`] : []),
    ...(organizationId ? [Prisma.sql`e.organization_id = ${organizationId}::uuid`] : []),
    ...(who ? [Prisma.sql`e.actor = ANY(${await labelsOf(who)})`] : []),
    // IDs are created at the time of their entry, so they can be filtered by day.
    ...(from ? [Prisma.sql`e.id >= ${lowestIdAt(Date.parse(from))}::uuid`] : []),
    ...(to ? [Prisma.sql`e.id < ${lowestIdAt(Date.parse(to) + DAY_MS)}::uuid`] : []),
    ...(after ? [Prisma.sql`e.id < ${after}::uuid`] : []),
  ];
  const where =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.id, e.organization_id AS "organizationId", e.actor, e.action, e.subject, e.data,
           e.network, e.created_at AS at
      FROM audit_entries e ${where} ORDER BY e.id DESC LIMIT ${limit + 1}`;
  const names = await namesOf(
    rows.flatMap((row) => [
      row.actor,
      row.subject,
      ...(row.organizationId ? [`organization:${row.organizationId}`] : []),
    ]),
  );
  return pageOf(rows, limit, (row) => ({
    id: row.id,
    actor: names.get(row.actor) ?? row.actor,
    actorLabel: row.actor,
    action: row.action,
    subject: row.subject,
    subjectName: names.get(row.subject) ?? null,
    data: row.data,
    network: row.network,
    organizationId: row.organizationId,
    organization: row.organizationId
      ? (names.get(`organization:${row.organizationId}`) ?? null)
      : null,
    at: row.at,
  }));
}

/** The log's labels that match the search: the system, an ID, or an address prefix. */
async function labelsOf(who: string): Promise<string[]> {
  if (who.toLowerCase() === 'system') return ['system'];
  const of = (id: string) => [`member:${id}`, `operator:${id}`, `key:${id}`, `worker:${id}`];
  if (isUuid(who)) return of(who.toLowerCase());
  const address = who.toLowerCase();
  const users = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM users
     WHERE email ~>=~ ${address} AND email ~<~ ${`${address}\u{10FFFF}`}
     ORDER BY email LIMIT ${PEOPLE_MAX}`;
  const workers = await db.worker.findMany({
    where: { userId: { in: users.map(({ id }) => id) } },
    select: { id: true },
  });
  return [...users, ...workers].flatMap(({ id }) => of(id));
}
