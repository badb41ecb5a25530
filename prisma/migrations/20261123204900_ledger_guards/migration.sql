-- What the ledger promises, kept by the database itself, whoever writes.

-- The platform's own accounts are summed from their entries and never updated, so that no row is
-- shared by every posting; everybody else's balance is derived, and cannot fall below zero.
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_balance_check" CHECK (
  CASE WHEN "kind" IN ('platform_fees', 'rail_float') THEN "balance" = 0 ELSE "balance" >= 0 END
);

ALTER TABLE "entries" ADD CONSTRAINT "entries_amount_check" CHECK ("amount" <> 0);

-- A task's hold is closed once, by a charge or by a release.
CREATE UNIQUE INDEX "postings_hold_closed_once" ON "postings" ("reference") WHERE "kind" IN ('charge', 'release');

-- History is only ever added to; a correction is a reversal.
CREATE FUNCTION "ledger_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The ledger is append-only: % on % is refused; post a reversal instead.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
CREATE TRIGGER "postings_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "postings"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();

-- The entries that one statement writes to a posting sum to zero. Checked on the new rows alone, so
-- it costs no read.
CREATE FUNCTION "ledger_refuse_unbalanced"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  SELECT posting_id, sum(amount) AS total INTO wrong
    FROM new_entries GROUP BY posting_id HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Posting % is off by % sats; the entries of a posting are written together and sum to zero.',
      wrong.posting_id, wrong.total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "entries_balanced" AFTER INSERT ON "entries"
  REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_unbalanced"();

-- One open attempt a payout: whatever races, a rail is never asked by two of them.
CREATE UNIQUE INDEX "payout_attempts_one_open" ON "payout_attempts" ("payout_id") WHERE "status" IN ('reserved', 'unknown');

ALTER TABLE "payouts" ADD CONSTRAINT "payouts_amount_sats_check" CHECK ("amount_sats" > 0);

-- What the sweeps look for; small, since what is settled leaves it.
CREATE INDEX "payouts_due" ON "payouts" ("next_attempt_at") WHERE "status" IN ('pending', 'sending');
CREATE INDEX "deliveries_due" ON "deliveries" ("next_attempt_at") WHERE "status" = 'pending';

-- An event goes to a receiver in one delivery. The task's own callback URL has no endpoint, and NULL
-- counts as one value here.
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" ("event_id", "endpoint_id") NULLS NOT DISTINCT;
