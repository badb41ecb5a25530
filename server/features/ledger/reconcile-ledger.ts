import { db, type Tx } from '@/server/platform/db';
import { type WrongDeposit, wrongDeposits } from './reconcile-deposits';

/** The result of recomputing the books from their entries. */
export interface Reconciliation {
  ok: boolean;
  postings: number;
  entries: number;
  /** Postings that do not sum to zero, or have fewer than two entries. */
  unbalanced: { postingId: string; kind: string; reference: string; sumSats: bigint }[];
  /** Accounts whose stored balance differs from the sum of their entries. */
  wrongBalances: {
    accountId: string;
    kind: string;
    owner: string;
    mode: string;
    balanceSats: bigint;
    entriesSats: bigint;
  }[];
  /** Tasks whose hold was closed with another amount than was held. */
  wrongHolds: { reference: string; leftSats: bigint }[];
  /** Deposits credited with another amount than was settled. */
  wrongDeposits: WrongDeposit[];
  /** Postings with entries on accounts of the other mode. */
  wrongModes: { kind: string; reference: string }[];
  /** Closed months whose stored sums differ from their entries. */
  wrongMonths: { month: string; kind: string; writtenSats: bigint; entriesSats: bigint }[];
  /** Totals by account kind; credits are positive, and those of a mode sum to zero. */
  totals: { mode: string; kind: string; accounts: number; sats: bigint }[];
}

/**
 * Recomputes the books from their entries: each posting must sum to zero, each balance equal its
 * entries, each closed hold be empty, each settled deposit be credited, and each closed month match
 * its stored sums. Reads one snapshot, so it is correct while money moves.
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
      const found = {
        postings: Number(counts?.postings ?? 0),
        entries: Number(counts?.entries ?? 0),
        unbalanced,
        wrongBalances,
        wrongHolds,
        wrongDeposits: await wrongDeposits(tx),
        wrongModes: await findWrongModes(tx),
        wrongMonths: await findWrongMonths(tx),
        totals: await sumByKind(tx),
      };
      return { ok: faultsOf(found).length === 0, ...found };
    },
    { isolationLevel: 'RepeatableRead', maxWait: 10_000, timeout: 300_000 },
  );
}

function findWrongModes(tx: Tx): Promise<Reconciliation['wrongModes']> {
  return tx.$queryRaw`
    SELECT DISTINCT p.kind, p.reference
      FROM postings p
      JOIN entries e ON e.posting_id = p.id
      JOIN accounts a ON a.id = e.account_id AND a.mode <> p.mode`;
}

function findWrongMonths(tx: Tx): Promise<Reconciliation['wrongMonths']> {
  return tx.$queryRaw`
    WITH moved AS (
      SELECT p.mode, date_trunc('month', p.created_at AT TIME ZONE 'UTC')::date AS month, a.kind,
             sum(e.amount) AS amount
        FROM postings p
        JOIN entries e ON e.posting_id = p.id
        JOIN accounts a ON a.id = e.account_id
       WHERE p.mode = 'live' AND p.created_at < (
         SELECT (max(month) + interval '1 month') AT TIME ZONE 'UTC' FROM ledger_periods)
       GROUP BY 1, 2, 3
    )
    SELECT to_char(t.month, 'YYYY-MM') AS month, t.kind::text,
           t.credit_sats - t.debit_sats AS "writtenSats", coalesce(m.amount, 0)::bigint AS "entriesSats"
      FROM ledger_period_totals t
      LEFT JOIN moved m ON m.mode = t.mode AND m.month = t.month AND m.kind = t.kind
     WHERE t.credit_sats - t.debit_sats <> coalesce(m.amount, 0)
     ORDER BY t.month, t.kind`;
}

function sumByKind(tx: Tx): Promise<Reconciliation['totals']> {
  return tx.$queryRaw`
    SELECT a.mode::text, a.kind::text, count(*)::int AS accounts,
           sum(CASE WHEN a.kind IN ('platform_fees', 'rail_float')
                    THEN (SELECT coalesce(sum(e.amount), 0) FROM entries e WHERE e.account_id = a.id)
                    ELSE a.balance END)::bigint AS sats
      FROM accounts a GROUP BY a.mode, a.kind ORDER BY a.mode, a.kind`;
}

/** The faults as sentences; empty if the books add up. */
export function faultsOf(found: Omit<Reconciliation, 'ok'>): string[] {
  const modes = [...new Set(found.totals.map(({ mode }) => mode))];
  const sumOf = (wanted: string) =>
    found.totals.reduce((sum, { mode, sats }) => (mode === wanted ? sum + sats : sum), 0n);
  return [
    ...found.unbalanced.map(
      ({ kind, reference, sumSats }) =>
        `The posting ${kind} ${reference} sums to ${sumSats} sats, or has fewer than two entries.`,
    ),
    ...found.wrongBalances.map(
      ({ kind, owner, mode, balanceSats, entriesSats }) =>
        `The ${mode} account ${kind} of ${owner} says ${balanceSats} sats; its entries sum to ${entriesSats}.`,
    ),
    ...found.wrongHolds.map(
      ({ reference, leftSats }) =>
        `The hold of ${reference} was closed with ${leftSats} sats left in it.`,
    ),
    ...found.wrongDeposits.map(
      ({ reference, depositSats, postedSats }) =>
        `${reference} was settled with ${depositSats ?? 'no'} sats, and ${postedSats ?? 'none'} were credited.`,
    ),
    ...found.wrongModes.map(
      ({ kind, reference }) => `The posting ${kind} ${reference} moves accounts of the other mode.`,
    ),
    ...found.wrongMonths.map(
      ({ month, kind, writtenSats, entriesSats }) =>
        `${month} is closed with ${writtenSats} sats moved on ${kind}; its entries sum to ${entriesSats}.`,
    ),
    ...modes
      .filter((mode) => sumOf(mode) !== 0n)
      .map((mode) => `All ${mode} accounts together hold ${sumOf(mode)} sats, not zero.`),
  ];
}
