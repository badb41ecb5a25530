-- What an organization is being paid back over Lightning, until its rail says what became of it.
ALTER TYPE "account_kind" ADD VALUE 'organization_in_flight' AFTER 'organization_held';

-- A payment to one destination that is no payout: an operator's test of a rail, or a refund of a purchase.
CREATE TYPE "direct_payment_purpose" AS ENUM ('test', 'refund');
ALTER TABLE "rail_tests" RENAME TO "direct_payments";
ALTER TABLE "direct_payments" RENAME CONSTRAINT "rail_tests_pkey" TO "direct_payments_pkey";
ALTER TABLE "direct_payments" RENAME CONSTRAINT "rail_tests_amount_sats_check" TO "direct_payments_amount_sats_check";
ALTER TABLE "direct_payments" RENAME CONSTRAINT "rail_tests_fee_sats_check" TO "direct_payments_fee_sats_check";
ALTER TABLE "direct_payments" RENAME CONSTRAINT "rail_tests_payment_hash_check" TO "direct_payments_payment_hash_check";
ALTER TABLE "direct_payments" RENAME CONSTRAINT "rail_tests_sent_check" TO "direct_payments_sent_check";
ALTER TABLE "direct_payments" RENAME CONSTRAINT "rail_tests_rail_id_fkey" TO "direct_payments_rail_id_fkey";
ALTER INDEX "rail_tests_payment_hash_once" RENAME TO "direct_payments_payment_hash_once";
ALTER INDEX "rail_tests_ended" RENAME TO "direct_payments_ended";
ALTER TABLE "direct_payments"
  ADD COLUMN "purpose" "direct_payment_purpose" NOT NULL DEFAULT 'test',
  ADD COLUMN "deposit_id" UUID,
  ADD COLUMN "reserved_sats" BIGINT,
  -- A refund is of a deposit, and sets aside at least what it sends.
  ADD CONSTRAINT "direct_payments_refund_check" CHECK (
    CASE "purpose" WHEN 'refund' THEN "deposit_id" IS NOT NULL AND "reserved_sats" >= "amount_sats"
                   ELSE "deposit_id" IS NULL AND "reserved_sats" IS NULL END),
  ADD CONSTRAINT "direct_payments_deposit_id_fkey" FOREIGN KEY ("deposit_id") REFERENCES "deposits"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "direct_payments" ALTER COLUMN "purpose" DROP DEFAULT;
DROP INDEX "rail_tests_one_open";
DROP INDEX "rail_tests_rail_id_id_idx";
CREATE INDEX "direct_payments_rail_id_purpose_id_idx" ON "direct_payments"("rail_id", "purpose", "id" DESC);
CREATE INDEX "direct_payments_deposit_id_idx" ON "direct_payments"("deposit_id");
-- A rail has one test under way, and a deposit is refunded once.
CREATE UNIQUE INDEX "direct_payments_one_test" ON "direct_payments" ("rail_id")
  WHERE "purpose" = 'test' AND "status" IN ('reserved', 'sending', 'unknown');
CREATE UNIQUE INDEX "direct_payments_one_refund" ON "direct_payments" ("deposit_id") WHERE "status" <> 'failed';
-- What is under way, for the sweep.
CREATE INDEX "direct_payments_open" ON "direct_payments" ("id") WHERE "status" IN ('reserved', 'sending', 'unknown');

-- Invoices that were asked for without a key and never paid, for those who clear them away.
CREATE INDEX "deposits_unpaid_purchases" ON "deposits" ("expires_at")
  WHERE "created_by" LIKE 'purchase:%' AND "status" <> 'settled';
