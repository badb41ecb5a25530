import type { Mode } from '@/server/platform/actor';
import { Prisma, type Tx } from '@/server/platform/db';
import { InsufficientFunds } from './errors';
import { type Spending, spenderOf } from './spend-counters';

interface Holder {
  mode: Mode;
  organizationId: string;
}

/** The prefix of a task's reference: golds are listed separately in the statement. */
const nounOf = (isGold: boolean | undefined) => (isGold ? 'gold:' : 'task:');

/** The reference of a task's hold, charge and release postings. */
export const taskReference = (taskId: string, isGold?: boolean) => `${nounOf(isGold)}${taskId}`;

/** A requested hold with the ID of its posting. */
export interface WantedHold extends Spending {
  postingId: string;
  taskId: string;
  amountSats: bigint;
}

/** Holds as a relation with `posting_id`, `task_id`, `amount`, `day`, `key_id` and `created_at`. */
export function holdsRelation(holds: readonly WantedHold[]): Prisma.Sql {
  const rows = holds.map((hold) => {
    const { day, keyId } = spenderOf(hold);
    return {
      ...{ posting_id: hold.postingId, task_id: hold.taskId, amount: hold.amountSats.toString() },
      ...{ day, key_id: keyId, created_at: hold.createdAt },
    };
  });
  return Prisma.sql`
    jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS w(posting_id uuid, task_id uuid, amount bigint, day date, key_id uuid,
           created_at timestamptz)`;
}

/** A daily cap that does not cover the requested holds. */
export interface CapReached {
  whose: 'key' | 'organization';
  maxSats: number;
  /** Already spent. */
  spentSats: number;
  requiredSats: number;
}

/** The columns of `HoldSteps.outcome`. */
export interface HoldOutcome {
  /** Whether the balance covers the holds. */
  funded: boolean;
  /** Whether all counters exist; if not, open them with `openCounters` and retry. */
  countersOpen: boolean;
  /** The exceeded caps, a key's first. */
  capsReached: CapReached[];
}

interface HoldSteps {
  /**
   * `granted` has one row if balance and caps cover all requested holds; otherwise it is empty and
   * nothing is held.
   */
  grant: Prisma.Sql;
  /** Makes the holds. */
  hold: Prisma.Sql;
  outcome: Prisma.Sql;
}

/**
 * Common table expressions that make holds (organization available → held), for a statement that
 * also creates what they are for. Locks both balances, then the daily spending counters; if they
 * cover all of `wanted` (see `holdsRelation`), `granted` has a row. The holds made are those of
 * `made`, rows of `wanted` that depend on `granted`. Existing holds are not repeated.
 */
export function holdSteps(
  { mode, organizationId, isGold }: Holder & { isGold?: boolean },
  { wanted, made }: { wanted: Prisma.Sql; made: Prisma.Sql },
): HoldSteps {
  const ofCustomer = Prisma.sql`
    c.organization_id = ${organizationId}::uuid AND c.mode = ${mode}::mode`;
  const grant = Prisma.sql`
    spend AS (
      SELECT s.spender_id, w.day, sum(w.amount)::bigint AS amount
        FROM ${wanted} w CROSS JOIN LATERAL (VALUES (${organizationId}::uuid), (w.key_id)) AS s(spender_id)
       WHERE s.spender_id IS NOT NULL
       GROUP BY s.spender_id, w.day
    ), unopened AS (
      SELECT FROM spend
       WHERE NOT EXISTS (SELECT FROM spend_counters c
                          WHERE ${ofCustomer} AND c.day = spend.day AND c.spender_id = spend.spender_id)
    ), funds AS (
      SELECT available.id AS available_id, held.id AS held_id
        FROM accounts available
        JOIN accounts held ON held.kind = 'organization_held'
         AND held.owner = available.owner AND held.mode = available.mode
       WHERE available.kind = 'organization_available' AND available.owner = ${organizationId}
         AND available.mode = ${mode}::mode
         AND available.balance >= (SELECT coalesce(sum(amount), 0) FROM ${wanted})
         AND NOT EXISTS (SELECT FROM unopened)
         FOR NO KEY UPDATE OF available, held
    ), counter AS (
      SELECT c.spender_id, c.spent_sats, spend.amount
        FROM funds, spend_counters c
        JOIN spend ON spend.day = c.day AND spend.spender_id = c.spender_id
       WHERE ${ofCustomer}
       ORDER BY c.day, c.spender_id
         FOR NO KEY UPDATE OF c
    ), capped AS (
      SELECT counter.*, 'organization' AS whose, l.max_spend_sats_per_day AS most
        FROM counter JOIN spend_limits l ON l.organization_id = counter.spender_id
       WHERE l.mode = ${mode}::mode
       UNION ALL
      SELECT counter.*, 'key', k.max_spend_sats_per_day
        FROM counter JOIN api_keys k ON k.id = counter.spender_id
    ), reached AS (
      SELECT * FROM capped WHERE spent_sats + amount > most
    ), granted AS (
      SELECT * FROM funds WHERE NOT EXISTS (SELECT FROM reached)
    )`;
  const hold = Prisma.sql`
    posting AS (
      INSERT INTO postings (id, mode, kind, reference, created_at)
      SELECT made.posting_id, ${mode}::mode, 'hold', ${nounOf(isGold)}::text || made.task_id,
             made.created_at
        FROM ${made} made, granted
          ON CONFLICT (reference, kind) DO NOTHING
      RETURNING id
    ), held AS (
      SELECT made.* FROM ${made} made JOIN posting ON posting.id = made.posting_id
    ), total AS (
      SELECT sum(amount)::bigint AS amount FROM held HAVING count(*) > 0
    ), debited AS (
      UPDATE accounts a SET balance = a.balance - total.amount FROM total, granted
       WHERE a.id = granted.available_id
      RETURNING a.id
    ), credited AS (
      UPDATE accounts a SET balance = a.balance + total.amount FROM total, granted, debited
       WHERE a.id = granted.held_id
      RETURNING a.id
    ), counted AS (
      UPDATE spend_counters c SET spent_sats = c.spent_sats + spent.amount
        FROM (SELECT spend.spender_id, spend.day, sum(held.amount)::bigint AS amount
                FROM held JOIN spend ON spend.day = held.day
                 AND spend.spender_id IN (${organizationId}::uuid, held.key_id)
               GROUP BY spend.spender_id, spend.day) AS spent
       WHERE ${ofCustomer} AND c.day = spent.day AND c.spender_id = spent.spender_id
    ), written AS (
      INSERT INTO entries (posting_id, account_id, amount)
      SELECT held.posting_id, debited.id, -held.amount FROM held, debited
       UNION ALL
      SELECT held.posting_id, credited.id, held.amount FROM held, credited
    )`;
  const outcome = Prisma.sql`
    EXISTS (SELECT FROM funds) AS funded, NOT EXISTS (SELECT FROM unopened) AS "countersOpen",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('whose', whose, 'maxSats', most,
              'spentSats', spent_sats, 'requiredSats', amount) ORDER BY whose), '[]')
       FROM reached) AS "capsReached"`;
  return { grant, hold, outcome };
}

/** The statement that opens missing spending counters at zero. */
export function openCounters(
  { mode, organizationId }: Holder,
  holds: readonly WantedHold[],
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO spend_counters (organization_id, mode, day, spender_id, spent_sats)
    SELECT DISTINCT ${organizationId}::uuid, ${mode}::mode, w.day, s.spender_id, 0
      FROM ${holdsRelation(holds)}
      CROSS JOIN LATERAL (VALUES (${organizationId}::uuid), (w.key_id)) AS s(spender_id)
     WHERE s.spender_id IS NOT NULL
     ORDER BY w.day, s.spender_id
        ON CONFLICT DO NOTHING`;
}

/** The error for holds that the balance did not cover; `reader` is a transaction or the client. */
export async function insufficientFunds(
  reader: Pick<Tx, 'account'>,
  { mode, organizationId, holds }: Holder & { holds: readonly { amountSats: bigint }[] },
): Promise<InsufficientFunds> {
  const available = await reader.account.findFirst({
    where: { kind: 'organization_available', owner: organizationId, mode },
    select: { balance: true },
  });
  const required = holds.reduce((total, hold) => total + hold.amountSats, 0n);
  return new InsufficientFunds(available?.balance ?? 0n, required);
}
