-- CreateTable
CREATE TABLE "ledger_adjustments" (
    "id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "account_kind" "account_kind" NOT NULL,
    "owner" TEXT NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "reverses" UUID,
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_adjustments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_periods" (
    "mode" "mode" NOT NULL,
    "month" DATE NOT NULL,
    "postings" INTEGER NOT NULL,
    "closed_by" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_periods_pkey" PRIMARY KEY ("mode","month")
);

-- CreateTable
CREATE TABLE "ledger_period_totals" (
    "mode" "mode" NOT NULL,
    "month" DATE NOT NULL,
    "kind" "account_kind" NOT NULL,
    "opening_sats" BIGINT NOT NULL,
    "credit_sats" BIGINT NOT NULL,
    "debit_sats" BIGINT NOT NULL,
    "closing_sats" BIGINT NOT NULL,

    CONSTRAINT "ledger_period_totals_pkey" PRIMARY KEY ("mode","month","kind")
);

-- CreateTable
CREATE TABLE "ledger_period_organizations" (
    "mode" "mode" NOT NULL,
    "month" DATE NOT NULL,
    "organization_id" UUID NOT NULL,
    "opening_available_sats" BIGINT NOT NULL,
    "opening_held_sats" BIGINT NOT NULL,
    "paid_in_sats" BIGINT NOT NULL,
    "charged_sats" BIGINT NOT NULL,
    "adjusted_sats" BIGINT NOT NULL,
    "closing_available_sats" BIGINT NOT NULL,
    "closing_held_sats" BIGINT NOT NULL,

    CONSTRAINT "ledger_period_organizations_pkey" PRIMARY KEY ("mode","month","organization_id")
);

-- CreateTable
CREATE TABLE "ledger_checks" (
    "id" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "postings" BIGINT NOT NULL,
    "entries" BIGINT NOT NULL,
    "faults" INTEGER NOT NULL,
    "report" JSONB NOT NULL,

    CONSTRAINT "ledger_checks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_adjustments_key_key" ON "ledger_adjustments"("key");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_adjustments_reverses_key" ON "ledger_adjustments"("reverses");

-- CreateIndex
CREATE INDEX "ledger_adjustments_mode_id_idx" ON "ledger_adjustments"("mode", "id" DESC);

-- CreateIndex
CREATE INDEX "ledger_adjustments_owner_mode_id_idx" ON "ledger_adjustments"("owner", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "postings_created_at_idx" ON "postings" USING BRIN ("created_at");

-- AddForeignKey
ALTER TABLE "ledger_period_totals" ADD CONSTRAINT "ledger_period_totals_mode_month_fkey" FOREIGN KEY ("mode", "month") REFERENCES "ledger_periods"("mode", "month") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_period_organizations" ADD CONSTRAINT "ledger_period_organizations_mode_month_fkey" FOREIGN KEY ("mode", "month") REFERENCES "ledger_periods"("mode", "month") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An adjustment explains a posting; like that, it is never changed.
ALTER TABLE "ledger_adjustments" ADD CONSTRAINT "ledger_adjustments_amount_sats_check" CHECK ("amount_sats" <> 0);
ALTER TABLE "ledger_adjustments" ADD CONSTRAINT "ledger_adjustments_account_kind_check" CHECK ("account_kind" IN ('organization_available', 'worker_payable'));
CREATE TRIGGER "ledger_adjustments_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_adjustments"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();

-- The clock of test mode can stand still or be ahead, so its months never end for good; live mode's do.
ALTER TABLE "ledger_periods" ADD CONSTRAINT "ledger_periods_mode_check" CHECK ("mode" = 'live');
ALTER TABLE "ledger_periods" ADD CONSTRAINT "ledger_periods_month_check" CHECK (extract(day FROM "month") = 1);
ALTER TABLE "ledger_period_totals" ADD CONSTRAINT "ledger_period_totals_sum_check"
  CHECK ("closing_sats" = "opening_sats" + "credit_sats" - "debit_sats" AND "credit_sats" >= 0 AND "debit_sats" >= 0);
ALTER TABLE "ledger_period_organizations" ADD CONSTRAINT "ledger_period_organizations_sum_check"
  CHECK ("closing_available_sats" + "closing_held_sats" = "opening_available_sats" + "opening_held_sats" + "paid_in_sats" - "charged_sats" + "adjusted_sats");
CREATE TRIGGER "ledger_periods_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_periods"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
CREATE TRIGGER "ledger_period_totals_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_period_totals"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
CREATE TRIGGER "ledger_period_organizations_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_period_organizations"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();

-- Nothing is posted in a month that is closed.
CREATE FUNCTION "ledger_refuse_closed_month"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  late record;
BEGIN
  SELECT p.kind, p.reference, k.month INTO late
    FROM new_postings p
    JOIN ledger_periods k ON k.mode = p.mode
     AND k.month = date_trunc('month', p.created_at AT TIME ZONE 'UTC')::date
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The books of % are closed: the % of % cannot be dated in it.',
      to_char(late.month, 'YYYY-MM'), late.kind, late.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "postings_in_open_months" AFTER INSERT ON "postings"
  REFERENCING NEW TABLE AS new_postings
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_closed_month"();
