/**
 * Daily spending per organization and mode, and per API key: what tasks created that UTC day hold
 * while open, and were charged once ended.
 */
import type { Mode } from '@/server/platform/actor';
import { Prisma } from '@/server/platform/db';

/** Whose spending a task counts towards: its creation day, and the key that created it. */
export interface Spending {
  createdAt: Date;
  /** As stored on tasks, such as `key:<id>`. */
  createdBy: string;
}

/** A posting's change of the spending. */
export interface SpendMove extends Spending {
  organizationId: string;
  amountSats: bigint;
}

/** A spender with its own counter, in addition to the organization's. */
export interface Spender {
  day: string;
  keyId: string | null;
}

const KEY = 'key:';

export const spenderOf = ({ createdAt, createdBy }: Spending): Spender => ({
  day: createdAt.toISOString().slice(0, 10),
  keyId: createdBy.startsWith(KEY) ? createdBy.slice(KEY.length) : null,
});

/**
 * Common table expressions that update the counters together with postings; they follow
 * `postingSteps`. Counters are locked after balances, in a fixed order.
 */
export function spendSteps(
  postings: readonly { id: string; mode: Mode; spending?: SpendMove | undefined }[],
): Prisma.Sql {
  const spends = postings.flatMap(({ id, mode, spending }) => {
    if (!spending) return [];
    const { day, keyId } = spenderOf(spending);
    const { organizationId, amountSats } = spending;
    const spend = { posting_id: id, mode, organization_id: organizationId, day };
    return [organizationId, keyId].flatMap((spenderId) =>
      spenderId === null
        ? []
        : [{ ...spend, spender_id: spenderId, amount: amountSats.toString() }],
    );
  });
  if (spends.length === 0) return Prisma.empty;
  return Prisma.sql`,
    spend AS (
      SELECT s.organization_id, s.mode, s.day, s.spender_id, sum(s.amount)::bigint AS amount
        FROM jsonb_to_recordset(${JSON.stringify(spends)}::jsonb)
             AS s(posting_id uuid, organization_id uuid, mode mode, day date, spender_id uuid,
                  amount bigint)
       WHERE s.posting_id = ANY(ARRAY(SELECT id FROM posting))
       GROUP BY s.organization_id, s.mode, s.day, s.spender_id
    ), counter AS (
      SELECT c.organization_id, c.mode, c.day, c.spender_id, spend.amount
        FROM spend_counters c
        JOIN spend USING (organization_id, mode, day, spender_id)
       WHERE (SELECT count(*) FROM locked) > 0
       ORDER BY c.organization_id, c.mode, c.day, c.spender_id
         FOR NO KEY UPDATE OF c
    ), counted AS (
      UPDATE spend_counters c SET spent_sats = greatest(0, c.spent_sats + counter.amount)
        FROM counter
       WHERE c.organization_id = counter.organization_id AND c.mode = counter.mode
         AND c.day = counter.day AND c.spender_id = counter.spender_id
    )`;
}
