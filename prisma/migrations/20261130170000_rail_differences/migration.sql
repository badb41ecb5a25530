-- Each night every rail is asked again about what was paid and paid in by it, and what it holds is compared with
-- the ledger. What differs is kept until a later look agrees, or an operator settles it.

CREATE TABLE "rail_reconciles" (
    "rail" TEXT NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "begun_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "checked" INTEGER NOT NULL DEFAULT 0,
    "unanswered" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "base_sats" BIGINT,
    "slack_sats" BIGINT NOT NULL DEFAULT 0,
    "payments" INTEGER NOT NULL DEFAULT 0,
    "balance_at" TIMESTAMPTZ(3),
    "balance_sats" BIGINT,
    "drift_sats" BIGINT,
    "drift_since" TIMESTAMPTZ(3),

    CONSTRAINT "rail_reconciles_pkey" PRIMARY KEY ("rail")
);

CREATE TABLE "rail_reconcile_cursors" (
    "rail" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "complete_until" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "position_at" TIMESTAMPTZ(3),
    "position_id" UUID,
    "unanswered_at" TIMESTAMPTZ(3),

    CONSTRAINT "rail_reconcile_cursors_pkey" PRIMARY KEY ("rail", "source"),
    CONSTRAINT "rail_reconcile_cursors_position_check" CHECK (("position_at" IS NULL) = ("position_id" IS NULL))
);

CREATE TABLE "rail_differences" (
    "id" UUID NOT NULL,
    "rail" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "sats" BIGINT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,
    "reason" TEXT,

    CONSTRAINT "rail_differences_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "rail_differences_resolved_check" CHECK (("resolved_at" IS NULL) = ("resolved_by" IS NULL))
);
CREATE INDEX "rail_differences_rail_subject_idx" ON "rail_differences"("rail", "subject");
CREATE INDEX "rail_differences_resolved_at_idx" ON "rail_differences"("resolved_at");
-- Something differs once at a time.
CREATE UNIQUE INDEX "rail_differences_open" ON "rail_differences" ("rail", "subject") WHERE "resolved_at" IS NULL;

-- What has ended, in the order in which it is compared. Payments of rails in this database have no hash, and cost nothing here.
CREATE INDEX "payout_attempts_ended" ON "payout_attempts" ("rail", "finished_at", "id")
  WHERE "payment_hash" IS NOT NULL AND "finished_at" IS NOT NULL;
CREATE INDEX "rail_tests_ended" ON "rail_tests" ("rail_id", "finished_at", "id")
  WHERE "payment_hash" IS NOT NULL AND "finished_at" IS NOT NULL;
CREATE INDEX "deposits_settled" ON "deposits" ("rail", "settled_at", "id") WHERE "status" = 'settled';
CREATE INDEX "deposits_expired" ON "deposits" ("rail", "expires_at", "id") WHERE "status" = 'expired';
