import { wilson } from '@/server/features/insight';
import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { assertOperator } from './access';
import type { OverturnRate, OverturnRates, OwnOverturns } from './schema';

/** Only the groups with the most decided appeals are shown. */
const SHOWN_MAX = 50;

interface Row {
  name: string | null;
  upheld: number;
  decided: number;
  byTime: number;
}

const DECIDED = Prisma.sql`p.status <> 'open'`;

/**
 * The share of upheld appeals in the operator's mode, by organization, by type, and by the reviewer
 * who made the appealed decision.
 * @throws Forbidden unless the actor is an operator.
 */
export async function getOverturnRates(actor: Actor): Promise<OverturnRates> {
  const { mode } = assertOperator(actor);
  const among = Prisma.sql`${DECIDED} AND p.mode = ${mode}::mode`;
  const [[total], organizations, types, reviewers] = await Promise.all([
    count(Prisma.sql`''`, Prisma.empty, among),
    count(
      Prisma.sql`o.name`,
      Prisma.sql`JOIN organizations o ON o.id = p.organization_id`,
      among,
      Prisma.sql`o.id, o.name`,
    ),
    count(Prisma.sql`p.type`, Prisma.empty, among, Prisma.sql`p.type`),
    count(
      Prisma.sql`coalesce(u.name, p.against_reviewer_id)`,
      Prisma.sql`LEFT JOIN users u ON u.id::text = p.against_reviewer_id`,
      Prisma.sql`${among} AND p.against_reviewer_id IS NOT NULL`,
      Prisma.sql`p.against_reviewer_id, u.name`,
    ),
  ]);
  return { total: total ?? NONE, organizations, types, reviewers };
}

/**
 * Outcomes of appeals about the organization's tasks, including golds.
 * @throws NotFound if the actor has no organization.
 */
export async function getOwnOverturns(actor: Actor): Promise<OwnOverturns> {
  const { organizationId, mode } = assertActsForOrganization(actor, 'appeal');
  const own = Prisma.sql`p.organization_id = ${organizationId}::uuid AND p.mode = ${mode}::mode`;
  const among = Prisma.sql`${DECIDED} AND ${own}`;
  const [open, [total], types] = await Promise.all([
    db.appeal.count({ where: { organizationId, mode, status: 'open' } }),
    count(Prisma.sql`''`, Prisma.empty, among),
    count(Prisma.sql`p.type`, Prisma.empty, among, Prisma.sql`p.type`),
  ]);
  return { open, total: total ?? NONE, types };
}

async function count(
  name: Prisma.Sql,
  join: Prisma.Sql,
  where: Prisma.Sql,
  group: Prisma.Sql = Prisma.sql`()`,
): Promise<OverturnRate[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${name} AS name,
           (count(*) FILTER (WHERE p.status = 'upheld' AND p.decided_by <> 'time'))::int AS upheld,
           (count(*) FILTER (WHERE p.decided_by <> 'time'))::int AS decided,
           (count(*) FILTER (WHERE p.decided_by = 'time'))::int AS "byTime"
      FROM appeals p ${join}
     WHERE ${where}
     GROUP BY ${group}
     ORDER BY decided DESC, name LIMIT ${SHOWN_MAX}`;
  return rows.map(rateOf);
}

function rateOf({ name, upheld, decided, byTime }: Row): OverturnRate {
  return { name: name ?? '', upheld, decided, byTime, ...wilson(upheld, decided) };
}

const NONE = rateOf({ name: '', upheld: 0, decided: 0, byTime: 0 });
