-- An attempt is one payment on one rail to one worker, and carries one payout or many. What will be sent is
-- kept with it before anything is sent.

ALTER TYPE "payout_timing" ADD VALUE 'at_threshold' AFTER 'at_once';

DROP INDEX "payout_attempts_one_open";
CREATE TYPE "payout_attempt_status_new" AS ENUM ('reserved', 'sending', 'settled', 'failed', 'unknown');
-- What was reserved so far may have been sent.
ALTER TABLE "payout_attempts"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" TYPE "payout_attempt_status_new"
    USING (CASE "status"::text WHEN 'reserved' THEN 'sending' ELSE "status"::text END::"payout_attempt_status_new");
DROP TYPE "payout_attempt_status";
ALTER TYPE "payout_attempt_status_new" RENAME TO "payout_attempt_status";

ALTER TABLE "payout_attempts"
  ALTER COLUMN "status" SET DEFAULT 'reserved',
  ADD COLUMN "mode" "mode",
  ADD COLUMN "worker_id" UUID,
  ADD COLUMN "amount_sats" BIGINT,
  ADD COLUMN "destination" TEXT,
  ADD COLUMN "invoice" TEXT,
  ADD COLUMN "payment_hash" TEXT,
  ADD COLUMN "expires_at" TIMESTAMPTZ(3),
  ADD COLUMN "fee_limit_sats" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "sent_at" TIMESTAMPTZ(3),
  ADD COLUMN "fault" TEXT;

UPDATE "payout_attempts" a
   SET "mode" = p."mode", "worker_id" = p."worker_id", "amount_sats" = p."amount_sats",
       "destination" = p."destination", "sent_at" = a."created_at"
  FROM "payouts" p WHERE p."id" = a."payout_id";

ALTER TABLE "payout_attempts"
  ALTER COLUMN "mode" SET NOT NULL,
  ALTER COLUMN "worker_id" SET NOT NULL,
  ALTER COLUMN "amount_sats" SET NOT NULL,
  ADD CONSTRAINT "payout_attempts_amount_sats_check" CHECK ("amount_sats" > 0),
  ADD CONSTRAINT "payout_attempts_fee_sats_check" CHECK ("fee_sats" >= 0),
  ADD CONSTRAINT "payout_attempts_payment_hash_check" CHECK ("payment_hash" ~ '^[0-9a-f]{64}$'),
  -- What is told to a rail was written down first.
  ADD CONSTRAINT "payout_attempts_sent_check" CHECK ("status" IN ('reserved', 'failed') OR "sent_at" IS NOT NULL);

CREATE TABLE "attempt_payouts" (
    "attempt_id" UUID NOT NULL,
    "payout_id" UUID NOT NULL,

    CONSTRAINT "attempt_payouts_pkey" PRIMARY KEY ("attempt_id","payout_id")
);
INSERT INTO "attempt_payouts" ("attempt_id", "payout_id") SELECT "id", "payout_id" FROM "payout_attempts";
CREATE INDEX "attempt_payouts_payout_id_idx" ON "attempt_payouts"("payout_id");
ALTER TABLE "attempt_payouts"
  ADD CONSTRAINT "attempt_payouts_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payout_attempts"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "attempt_payouts_payout_id_fkey" FOREIGN KEY ("payout_id") REFERENCES "payouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "payouts"
  ADD COLUMN "held_until" TIMESTAMPTZ(3),
  ADD COLUMN "attempt_id" UUID,
  ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "awaited" BOOLEAN NOT NULL DEFAULT true;

UPDATE "payouts" p
   SET "attempts" = (SELECT count(*) FROM "payout_attempts" a WHERE a."payout_id" = p."id"),
       "attempt_id" = (SELECT a."id" FROM "payout_attempts" a
                        WHERE a."payout_id" = p."id" AND a."status" IN ('sending', 'unknown', 'settled')
                        ORDER BY a."number" DESC LIMIT 1),
       "awaited" = p."status" <> 'failed';

-- A payout is carried by one attempt, and by none while it waits.
ALTER TABLE "payouts"
  ADD CONSTRAINT "payouts_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payout_attempts"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT "payouts_attempt_check" CHECK (("status" IN ('sending', 'paid')) = ("attempt_id" IS NOT NULL));
CREATE INDEX "payouts_attempt_id_idx" ON "payouts"("attempt_id");

DROP INDEX "payout_attempts_payout_id_number_key";
ALTER TABLE "payout_attempts"
  DROP CONSTRAINT "payout_attempts_payout_id_fkey",
  DROP COLUMN "payout_id",
  DROP COLUMN "number";
CREATE INDEX "payout_attempts_rail_created_at_idx" ON "payout_attempts"("rail", "created_at");
-- A payment hash is paid once.
CREATE UNIQUE INDEX "payout_attempts_payment_hash_once" ON "payout_attempts" ("payment_hash") WHERE "status" <> 'failed';

ALTER TABLE "workers"
  ADD COLUMN "payout_min_sats" BIGINT NOT NULL DEFAULT 1,
  ADD COLUMN "payout_max_sats" BIGINT,
  ADD COLUMN "payout_threshold_sats" BIGINT NOT NULL DEFAULT 1000,
  ADD COLUMN "payouts_held_until" TIMESTAMPTZ(3);

CREATE TABLE "rails" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "settings" TEXT NOT NULL,
    "fee_base_sats" INTEGER NOT NULL DEFAULT 5,
    "fee_basis_points" INTEGER NOT NULL DEFAULT 100,
    "last_ok_at" TIMESTAMPTZ(3),
    "last_error_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "balance_sats" BIGINT,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "rails_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "rails_name_key" ON "rails"("name");
