import type { Actor, Mode } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import type { Page } from '@/server/platform/page';
import type { StatementLine, StatementQuery } from './schema';

interface StatementRow {
  id: string;
  kind: string;
  reference: string;
  available: bigint;
  held: bigint;
  reason: string | null;
  createdAt: Date;
}

/**
 * The postings that moved the organization's sats in the actor's mode, newest first. Summed up, the
 * lines are the balance.
 * @throws NotFound for actors that act for no organization.
 */
export async function listStatement(
  actor: Actor,
  query: StatementQuery,
): Promise<Page<StatementLine>> {
  if (actor.kind !== 'member' && actor.kind !== 'key') throw new NotFound('balance');
  return statementOf(actor, query);
}

/** The statement of an organization in a mode, for callers that have seen to who may read it. */
export async function statementOf(
  { organizationId, mode }: { organizationId: string; mode: Mode },
  { limit, after }: StatementQuery,
): Promise<Page<StatementLine>> {
  const before = after ? Prisma.sql`AND e.id < ${BigInt(after)}` : Prisma.empty;
  // An organization's side of a posting has one or two entries. The first names the line; all are
  // summed, since entries of two postings at once may lie between each other.
  const rows = await db.$queryRaw<StatementRow[]>`
    WITH own AS (
      SELECT id, kind FROM accounts
       WHERE owner = ${organizationId} AND mode = ${mode}::mode
         AND kind IN ('organization_available', 'organization_held')
    ), latest AS (
      SELECT DISTINCT e.posting_id
        FROM own
        CROSS JOIN LATERAL (
          SELECT e.posting_id FROM entries e
           WHERE e.account_id = own.id ${before}
           ORDER BY e.id DESC LIMIT ${2 * (limit + 1)}
        ) e
    )
    SELECT min(e.id)::text AS id, p.kind, p.reference, p.created_at AS "createdAt",
           coalesce(sum(e.amount) FILTER (WHERE own.kind = 'organization_available'), 0)::bigint
             AS available,
           coalesce(sum(e.amount) FILTER (WHERE own.kind = 'organization_held'), 0)::bigint AS held,
           (SELECT c.reason FROM operator_credits c
             WHERE p.kind IN ('credit', 'credit_reversal')
               AND c.id = substr(p.reference, length('credit:') + 1)::uuid) AS reason
      FROM latest
      JOIN postings p ON p.id = latest.posting_id
      JOIN entries e ON e.posting_id = p.id
      JOIN own ON own.id = e.account_id
     GROUP BY p.id
     ORDER BY min(e.id) DESC
     LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  return {
    data: shown.map((row) => ({
      id: row.id,
      kind: row.kind,
      reference: row.reference,
      available_sats: satsToNumber(row.available),
      held_sats: satsToNumber(row.held),
      reason: row.reason,
      created_at: row.createdAt.toISOString(),
    })),
    has_more: rows.length > limit,
    next_cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
