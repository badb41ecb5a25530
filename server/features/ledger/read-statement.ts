import type { AccountKind } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import type { PostingKind } from './post-entries';

const DAY_MS = 86_400_000;

export interface StatementOwner {
  owner: string;
  mode: Mode;
  /** The two accounts that the statement covers. */
  kinds: readonly [AccountKind, AccountKind];
}

export interface StatementFilter {
  limit: number;
  /** The last line's ID on the previous page. */
  after?: string | undefined;
  /** First and last day (UTC), inclusive. */
  from?: string | undefined;
  to?: string | undefined;
  postings?: readonly PostingKind[] | undefined;
}

/** A posting's effect on the two accounts, and their balances after it. */
export interface StatementRow {
  id: string;
  kind: string;
  reference: string;
  createdAt: Date;
  /** The operator's reason, if an operator moved the sats. */
  reason: string | null;
  /** The task it concerns, or null. */
  taskId: string | null;
  taskType: string | null;
  amounts: [bigint, bigint];
  balances: [bigint, bigint];
}

type FlatRow = Omit<StatementRow, 'amounts' | 'balances'> &
  Record<'first' | 'second' | 'firstAfter' | 'secondAfter', bigint>;

/**
 * The postings that changed an owner's accounts, newest first, in one statement; one extra row if
 * there are more than `limit`. A posting has at most one entry per account. The first entry
 * identifies the line; entries are summed, because concurrent postings may be interleaved. Balances
 * are computed backwards from the current one, so that filters and pages do not affect them.
 */
export async function readStatement(
  { owner, mode, kinds: [first, second] }: StatementOwner,
  filter: StatementFilter,
): Promise<StatementRow[]> {
  const before = filter.after ? Prisma.sql`AND e.id < ${BigInt(filter.after)}` : Prisma.empty;
  const rows = await db.$queryRaw<FlatRow[]>`
    WITH own AS (
      SELECT id, kind, balance FROM accounts
       WHERE owner = ${owner} AND mode = ${mode}::mode
         AND kind IN (${first}::account_kind, ${second}::account_kind)
    ), latest AS (
      SELECT DISTINCT e.posting_id
        FROM own
        CROSS JOIN LATERAL (
          SELECT e.posting_id FROM entries e ${joinOf(filter)}
           WHERE e.account_id = own.id ${before}
           ORDER BY e.id DESC LIMIT ${2 * (filter.limit + 1)}
        ) e
    ), line AS (
      SELECT min(e.id) AS id, p.kind, p.reference, p.created_at,
             max(e.id) FILTER (WHERE own.kind = ${first}::account_kind) AS first_id,
             max(e.id) FILTER (WHERE own.kind = ${second}::account_kind) AS second_id,
             coalesce(sum(e.amount) FILTER (WHERE own.kind = ${first}::account_kind), 0) AS first,
             coalesce(sum(e.amount) FILTER (WHERE own.kind = ${second}::account_kind), 0) AS second
        FROM latest
        JOIN postings p ON p.id = latest.posting_id
        JOIN entries e ON e.posting_id = p.id
        JOIN own ON own.id = e.account_id
       GROUP BY p.id
       ORDER BY min(e.id) DESC
       LIMIT ${filter.limit + 1}
    ), edge AS (
      SELECT min(id) AS low, max(greatest(id, first_id, second_id)) AS high FROM line
    ), base AS MATERIALIZED (
      SELECT own.kind, own.balance - coalesce((
               SELECT sum(e.amount) FROM entries e
                WHERE e.account_id = own.id AND e.id > (SELECT high FROM edge)), 0) AS sats
        FROM own
    ), step AS (
      SELECT own.kind, e.id, e.amount
        FROM own JOIN entries e ON e.account_id = own.id
         AND e.id BETWEEN (SELECT low FROM edge) AND (SELECT high FROM edge)
       UNION ALL
      SELECT own.kind, line.id, 0
        FROM line JOIN own ON (own.kind = ${first}::account_kind AND line.first_id IS NULL)
                           OR (own.kind = ${second}::account_kind AND line.second_id IS NULL)
    ), balance AS (
      SELECT step.kind, step.id,
             base.sats + step.amount
               - sum(step.amount) OVER (PARTITION BY step.kind ORDER BY step.id DESC) AS sats
        FROM step JOIN base ON base.kind = step.kind
    )
    SELECT line.id::text AS id, line.kind, line.reference, line.created_at AS "createdAt",
           line.first::bigint AS first, line.second::bigint AS second,
           coalesce(f.sats, 0)::bigint AS "firstAfter", coalesce(s.sats, 0)::bigint AS "secondAfter",
           coalesce(c.reason, a.reason) AS reason, t.id::text AS "taskId", t.type AS "taskType"
      FROM line
      LEFT JOIN balance f ON f.kind = ${first}::account_kind AND f.id = coalesce(line.first_id, line.id)
      LEFT JOIN balance s ON s.kind = ${second}::account_kind AND s.id = coalesce(line.second_id, line.id)
      LEFT JOIN operator_credits c ON c.id = ${idOf('credit')}
      LEFT JOIN ledger_adjustments a ON a.id = ${idOf('adjustment')}
      LEFT JOIN tasks t ON t.id = coalesce(${idOf('task')}, ${idOf('gold')})
     ORDER BY line.id DESC`;
  return rows.map(({ first: moved, second: other, firstAfter, secondAfter, ...row }) => ({
    ...row,
    amounts: [moved, other],
    balances: [firstAfter, secondAfter],
  }));
}

/** The ID in a reference with this noun; null for others. */
const idOf = (noun: string) => Prisma.sql`
  (CASE WHEN split_part(line.reference, ':', 1) = ${noun}
        THEN split_part(line.reference, ':', 2) END)::uuid`;

function joinOf({ from, to, postings }: StatementFilter): Prisma.Sql {
  const conditions = [
    from ? Prisma.sql`p.created_at >= ${new Date(from)}` : null,
    to ? Prisma.sql`p.created_at < ${new Date(Date.parse(to) + DAY_MS)}` : null,
    postings ? Prisma.sql`p.kind = ANY(${postings}::text[])` : null,
  ].filter((condition) => condition !== null);
  if (conditions.length === 0) return Prisma.empty;
  return Prisma.sql`JOIN postings p ON p.id = e.posting_id AND ${Prisma.join(conditions, ' AND ')}`;
}
