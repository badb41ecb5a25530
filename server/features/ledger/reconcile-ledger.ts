import { db } from '@/server/platform/db';
import { type WrongDeposit, wrongDeposits } from './reconcile-deposits';

/** What the books say when they are added up again from their entries. */
export interface Reconciliation {
  ok: boolean;
  postings: number;
  entries: number;
  /** Postings whose entries do not sum to zero, or that have fewer than two. */
  unbalanced: { postingId: string; kind: string; reference: string; sumSats: bigint }[];
  /** Accounts whose derived balance is not the sum of their entries. */
  wrongBalances: {
    accountId: string;
    kind: string;
    owner: string;
    mode: string;
    balanceSats: bigint;
    entriesSats: bigint;
  }[];
  /** Tasks whose hold was closed by another amount than was held. */
  wrongHolds: { reference: string; leftSats: bigint }[];
  /** Deposits that are not credited as they were settled. */
  wrongDeposits: WrongDeposit[];
}

/**
 * Adds up every entry again: each posting must sum to zero, each derived balance must equal its
 * entries, each closed hold must be empty, and each settled deposit credited. Reads one snapshot, so it is
 * right while money moves.
 */
export async function reconcile(): Promise<Reconciliation> {
  return db.$transaction(
    async (tx) => {
      const [counts] = await tx.$queryRaw<{ postings: bigint; entries: bigint }[]>`
        SELECT (SELECT count(*) FROM postings) AS postings, (SELECT count(*) FROM entries) AS entries`;
      const unbalanced = await tx.$queryRaw<Reconciliation['unbalanced']>`
        SELECT p.id AS "postingId", p.kind, p.reference, coalesce(sum(e.amount), 0)::bigint AS "sumSats"
          FROM postings p LEFT JOIN entries e ON e.posting_id = p.id
         GROUP BY p.id
        HAVING coalesce(sum(e.amount), 0) <> 0 OR count(e.id) < 2`;
      const wrongBalances = await tx.$queryRaw<Reconciliation['wrongBalances']>`
        SELECT a.id AS "accountId", a.kind::text, a.owner, a.mode::text, a.balance AS "balanceSats",
               coalesce(sum(e.amount), 0)::bigint AS "entriesSats"
          FROM accounts a LEFT JOIN entries e ON e.account_id = a.id
         WHERE a.kind NOT IN ('platform_fees', 'rail_float')
         GROUP BY a.id
        HAVING a.balance <> coalesce(sum(e.amount), 0)`;
      const wrongHolds = await tx.$queryRaw<Reconciliation['wrongHolds']>`
        SELECT p.reference, sum(e.amount)::bigint AS "leftSats"
          FROM postings p
          JOIN entries e ON e.posting_id = p.id
          JOIN accounts a ON a.id = e.account_id AND a.kind = 'organization_held'
         GROUP BY p.reference
        HAVING bool_or(p.kind IN ('charge', 'release')) AND sum(e.amount) <> 0`;
      const deposits = await wrongDeposits(tx);
      return {
        ok: [unbalanced, wrongBalances, wrongHolds, deposits].every(({ length }) => length === 0),
        postings: Number(counts?.postings ?? 0),
        entries: Number(counts?.entries ?? 0),
        unbalanced,
        wrongBalances,
        wrongHolds,
        wrongDeposits: deposits,
      };
    },
    { isolationLevel: 'RepeatableRead', maxWait: 10_000, timeout: 300_000 },
  );
}
