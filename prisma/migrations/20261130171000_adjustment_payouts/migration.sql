-- What an operator adds to a worker's account is paid out like an answer.
ALTER TYPE "payout_status" ADD VALUE 'cancelled';

ALTER TABLE "payouts"
  ALTER COLUMN "organization_id" DROP NOT NULL,
  ALTER COLUMN "task_id" DROP NOT NULL,
  ALTER COLUMN "answer_id" DROP NOT NULL,
  ADD COLUMN "adjustment_id" UUID,
  ADD CONSTRAINT "payouts_adjustment_id_fkey" FOREIGN KEY ("adjustment_id") REFERENCES "ledger_adjustments"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  -- It is of an answer or of an adjustment, never of both or of neither.
  ADD CONSTRAINT "payouts_owed_for_check" CHECK (
    ("adjustment_id" IS NULL AND num_nonnulls("organization_id", "task_id", "answer_id") = 3)
    OR ("adjustment_id" IS NOT NULL AND num_nonnulls("organization_id", "task_id", "answer_id") = 0)
  ),
  -- What an answer has earned is never taken back. As text: a new value of the type is not used before the commit.
  ADD CONSTRAINT "payouts_cancelled_check" CHECK ("status"::text <> 'cancelled' OR "adjustment_id" IS NOT NULL);
CREATE UNIQUE INDEX "payouts_adjustment_id_key" ON "payouts"("adjustment_id");

-- What was added until now and not taken again is owed, and was never sent: it is kept until the next sweep
-- or withdrawal. Where a part was taken, the latest are what is left.
WITH spare AS (
  SELECT a.owner, a.mode, a.balance - coalesce((
           SELECT sum(p.amount_sats) FROM payouts p
            WHERE p.worker_id = a.owner::uuid AND p.mode = a.mode
              AND p.status IN ('held', 'pending', 'failed')), 0) AS sats
    FROM accounts a
   WHERE a.kind = 'worker_payable' AND EXISTS (
     SELECT FROM ledger_adjustments g
      WHERE g.account_kind = 'worker_payable' AND g.owner = a.owner AND g.mode = a.mode)
), given AS (
  SELECT g.id, g.owner, g.mode, g.amount_sats, g.created_at,
         spare.sats - (sum(g.amount_sats) OVER (PARTITION BY g.owner, g.mode ORDER BY g.id DESC) - g.amount_sats) AS spare
    FROM ledger_adjustments g JOIN spare ON spare.owner = g.owner AND spare.mode = g.mode
   WHERE g.account_kind = 'worker_payable' AND g.amount_sats > 0
     AND NOT EXISTS (SELECT FROM ledger_adjustments r WHERE r.reverses = g.id)
)
INSERT INTO payouts (id, mode, worker_id, adjustment_id, amount_sats, rail, destination, status, awaited, created_at)
SELECT given.id, given.mode, w.id, given.id, least(given.amount_sats, given.spare), w.payout_rail,
       w.payout_destination, 'held', false, given.created_at
  FROM given JOIN workers w ON w.id = given.owner::uuid
 WHERE given.spare > 0;
