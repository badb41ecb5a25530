import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { InsufficientFunds } from './errors';

interface Holder {
  mode: Mode;
  organizationId: string;
}

/** What a task's postings are about, before its id: golds are told apart in the statement. */
const nounOf = (isGold: boolean | undefined) => (isGold ? 'gold:' : 'task:');

/** The reference under which a task's hold, charge and release are posted. */
export const taskReference = (taskId: string, isGold?: boolean) => `${nounOf(isGold)}${taskId}`;

/**
 * The common table expressions of a hold, organization available → held, for a statement that makes
 * it together with what it is for. `funds` locks the organization's balance and has one row where
 * that covers all of `wanted`, a relation with `amount`; else none, and nothing is held. What is
 * held is `made`, a relation with `posting_id`, `task_id` and `amount` that reads `funds` or comes
 * from those who did. Holds that exist already are not made again.
 */
export function holdSteps(
  { mode, organizationId, isGold }: Holder & { isGold?: boolean },
  { wanted, made }: { wanted: Prisma.Sql; made: Prisma.Sql },
): { funds: Prisma.Sql; hold: Prisma.Sql } {
  const funds = Prisma.sql`
    funds AS (
      SELECT available.id AS available_id, held.id AS held_id
        FROM accounts available
        JOIN accounts held ON held.kind = 'organization_held'
         AND held.owner = available.owner AND held.mode = available.mode
       WHERE available.kind = 'organization_available' AND available.owner = ${organizationId}
         AND available.mode = ${mode}::mode
         AND available.balance >= (SELECT coalesce(sum(amount), 0) FROM ${wanted})
         FOR NO KEY UPDATE OF available
    )`;
  const hold = Prisma.sql`
    posting AS (
      INSERT INTO postings (id, mode, kind, reference, created_at)
      SELECT made.posting_id, ${mode}::mode, 'hold', ${nounOf(isGold)}::text || made.task_id,
             ${clock.now()}
        FROM ${made} made, funds
          ON CONFLICT (reference, kind) DO NOTHING
      RETURNING id
    ), held AS (
      SELECT made.posting_id, made.amount FROM ${made} made JOIN posting ON posting.id = made.posting_id
    ), total AS (
      SELECT sum(amount)::bigint AS amount FROM held HAVING count(*) > 0
    ), debited AS (
      UPDATE accounts a SET balance = a.balance - total.amount FROM total, funds
       WHERE a.id = funds.available_id
      RETURNING a.id
    ), credited AS (
      UPDATE accounts a SET balance = a.balance + total.amount FROM total, funds, debited
       WHERE a.id = funds.held_id
      RETURNING a.id
    ), written AS (
      INSERT INTO entries (posting_id, account_id, amount)
      SELECT held.posting_id, debited.id, -held.amount FROM held, debited
       UNION ALL
      SELECT held.posting_id, credited.id, held.amount FROM held, credited
    )`;
  return { funds, hold };
}

/** What to throw where a balance did not cover these holds; `reader` is a transaction or the client. */
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
