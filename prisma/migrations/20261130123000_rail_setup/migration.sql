-- Rails are set up by operators or by the environment, watched for a low balance, and tried by a payment of
-- one sat, which is kept as an attempt is: prepared before anything is sent.

ALTER TABLE "rails"
  ADD COLUMN "source" TEXT NOT NULL DEFAULT 'operator',
  ADD COLUMN "low_balance_sats" BIGINT,
  ADD CONSTRAINT "rails_source_check" CHECK ("source" IN ('operator', 'environment')),
  ADD CONSTRAINT "rails_fee_check" CHECK ("fee_base_sats" >= 0 AND "fee_basis_points" BETWEEN 0 AND 10000),
  ADD CONSTRAINT "rails_low_balance_sats_check" CHECK ("low_balance_sats" > 0);

CREATE TABLE "rail_tests" (
    "id" UUID NOT NULL,
    "rail_id" UUID NOT NULL,
    "status" "payout_attempt_status" NOT NULL DEFAULT 'reserved',
    "destination" TEXT NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "fee_limit_sats" BIGINT NOT NULL,
    "invoice" TEXT,
    "payment_hash" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "external_id" TEXT,
    "preimage" TEXT,
    "fee_sats" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "rail_tests_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "rail_tests_amount_sats_check" CHECK ("amount_sats" > 0),
    CONSTRAINT "rail_tests_fee_sats_check" CHECK ("fee_sats" >= 0),
    CONSTRAINT "rail_tests_payment_hash_check" CHECK ("payment_hash" ~ '^[0-9a-f]{64}$'),
    CONSTRAINT "rail_tests_sent_check" CHECK ("status" IN ('reserved', 'failed') OR "sent_at" IS NOT NULL)
);
CREATE INDEX "rail_tests_rail_id_id_idx" ON "rail_tests"("rail_id", "id" DESC);
ALTER TABLE "rail_tests"
  ADD CONSTRAINT "rail_tests_rail_id_fkey" FOREIGN KEY ("rail_id") REFERENCES "rails"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- A payment hash is paid once, and a rail has one test under way.
CREATE UNIQUE INDEX "rail_tests_payment_hash_once" ON "rail_tests" ("payment_hash") WHERE "status" <> 'failed';
CREATE UNIQUE INDEX "rail_tests_one_open" ON "rail_tests" ("rail_id") WHERE "status" IN ('reserved', 'sending', 'unknown');
