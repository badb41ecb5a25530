CREATE TYPE "deposit_status" AS ENUM ('open', 'settled', 'expired');

CREATE TABLE "deposits" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "key" TEXT NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "received_sats" BIGINT,
    "rail" TEXT NOT NULL,
    "invoice" TEXT,
    "payment_hash" TEXT,
    "notify_hash" TEXT,
    "status" "deposit_status" NOT NULL DEFAULT 'open',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "next_check_at" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3),

    CONSTRAINT "deposits_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "deposits_amount_sats_check" CHECK ("amount_sats" > 0),
    -- Whoever pays an invoice may pay up to twice its amount (BOLT 4); more cannot have come in.
    CONSTRAINT "deposits_received_sats_check" CHECK ("received_sats" > 0 AND "received_sats" <= 2 * "amount_sats"),
    CONSTRAINT "deposits_settled_check" CHECK (
      ("status" = 'settled') = ("settled_at" IS NOT NULL) AND ("status" = 'settled') = ("received_sats" IS NOT NULL)
    ),
    CONSTRAINT "deposits_payment_hash_check" CHECK ("payment_hash" ~ '^[0-9a-f]{64}$'),
    -- Live sats come in by an invoice; play sats by none.
    CONSTRAINT "deposits_invoice_check" CHECK (
      ("mode" = 'live') = ("invoice" IS NOT NULL) AND ("mode" = 'live') = ("payment_hash" IS NOT NULL)
    )
);
CREATE UNIQUE INDEX "deposits_payment_hash_key" ON "deposits"("payment_hash");
CREATE UNIQUE INDEX "deposits_notify_hash_key" ON "deposits"("notify_hash");
CREATE UNIQUE INDEX "deposits_organization_id_mode_key_key" ON "deposits"("organization_id", "mode", "key");
CREATE INDEX "deposits_organization_id_mode_id_idx" ON "deposits"("organization_id", "mode", "id" DESC);
CREATE INDEX "deposits_next_check_at_idx" ON "deposits"("next_check_at");

-- What is settled has been credited, and stays so.
CREATE FUNCTION "deposits_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Deposit % is settled and credited; it does not change any more.', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "deposits_settled_for_good" BEFORE UPDATE OR DELETE ON "deposits"
  FOR EACH ROW WHEN (OLD."status" = 'settled') EXECUTE FUNCTION "deposits_refuse_change"();
