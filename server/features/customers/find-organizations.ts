import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { isUuid } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { assertOperator } from './access';
import { figuresOf, NO_FIGURES } from './figures';
import { FindOrganizations, type OrganizationLine, type OrganizationState } from './schema';

interface Row {
  id: string;
  name: string;
  createdAt: Date;
  suspendedAt: Date | null;
  deletedAt: Date | null;
}

const IN_STATE: Record<OrganizationState, Prisma.Sql> = {
  active: Prisma.sql`o.suspended_at IS NULL AND o.deleted_at IS NULL`,
  suspended: Prisma.sql`o.suspended_at IS NOT NULL AND o.deleted_at IS NULL`,
  closed: Prisma.sql`o.deleted_at IS NOT NULL`,
};

export function stateOf(row: Pick<Row, 'suspendedAt' | 'deletedAt'>): OrganizationState {
  if (row.deletedAt) return 'closed';
  return row.suspendedAt ? 'suspended' : 'active';
}

/**
 * A page of the instance's organizations, newest first, each with its figures in the operator's mode.
 * @throws Forbidden unless the actor is an operator.
 */
export async function findOrganizations(
  actor: Actor,
  input: FindOrganizations,
): Promise<Page<OrganizationLine>> {
  const { mode } = assertOperator(actor);
  const { state, search, after, limit } = FindOrganizations.parse(input);
  const conditions = [
    ...(state ? [IN_STATE[state]] : []),
    ...(search ? [found(search)] : []),
    ...(after ? [Prisma.sql`o.id < ${after}::uuid`] : []),
  ];
  const where =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    SELECT o.id, o.name, o.created_at AS "createdAt", o.suspended_at AS "suspendedAt",
           o.deleted_at AS "deletedAt"
      FROM organizations o ${where} ORDER BY o.id DESC LIMIT ${limit + 1}`;
  const figures = await figuresOf(
    rows.slice(0, limit).map(({ id }) => id),
    mode,
  );
  return pageOf(rows, limit, (row) => ({
    id: row.id,
    name: row.name,
    state: stateOf(row),
    createdAt: row.createdAt,
    ...(figures.get(row.id) ?? NO_FIGURES),
  }));
}

/** Matches by ID, word prefixes of the name, or a prefix of a member's address. */
function found(search: string): Prisma.Sql {
  if (isUuid(search)) return Prisma.sql`o.id = ${search.toLowerCase()}::uuid`;
  const words = search.match(/[\p{L}\p{N}]+/gu) ?? [];
  const address = search.toLowerCase();
  const byAddress = Prisma.sql`
    SELECT m.organization_id FROM users u JOIN members m ON m.user_id = u.id
     WHERE u.email ~>=~ ${address} AND u.email ~<~ ${`${address}\u{10FFFF}`}`;
  if (words.length === 0) return Prisma.sql`o.id IN (${byAddress})`;
  const query = words.map((word) => `${word}:*`).join(' & ');
  return Prisma.sql`o.id IN (
    SELECT n.id FROM organizations n
     WHERE to_tsvector('simple', n.name) @@ to_tsquery('simple', ${query})
     UNION ALL ${byAddress})`;
}
