-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "suspended_at" TIMESTAMPTZ(3),
ADD COLUMN     "suspended_reason" TEXT;

-- AlterTable
ALTER TABLE "audit_entries" ADD COLUMN     "network" TEXT;

-- AlterTable
ALTER TABLE "golds" ADD COLUMN     "doubtful" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "operator_credits" (
    "id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "reverses" UUID,
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operator_credits_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "operator_credits_key_key" ON "operator_credits"("key");

-- CreateIndex
CREATE INDEX "operator_credits_organization_id_mode_id_idx" ON "operator_credits"("organization_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "operator_credits_reverses_idx" ON "operator_credits"("reverses");

-- CreateIndex
CREATE INDEX "audit_entries_actor_id_idx" ON "audit_entries"("actor", "id" DESC);

-- CreateIndex
CREATE INDEX "golds_mode_id_idx" ON "golds"("mode", "id" DESC);

-- A credit is a sum that was given; like the postings it explains, it is never changed.
ALTER TABLE "operator_credits" ADD CONSTRAINT "operator_credits_amount_sats_check" CHECK ("amount_sats" > 0);
CREATE TRIGGER "operator_credits_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "operator_credits"
  FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();

-- What operators look for: organizations by the beginnings of words of their name, or by a member's
-- address; those that are suspended or closed; golds to look at; acts of one kind.
CREATE INDEX "organizations_name_words_idx" ON "organizations" USING gin (to_tsvector('simple', "name"));
CREATE INDEX "organizations_suspended_idx" ON "organizations" ("id" DESC) WHERE "suspended_at" IS NOT NULL;
CREATE INDEX "organizations_closed_idx" ON "organizations" ("id" DESC) WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "users_email_prefix_idx" ON "users" ("email" text_pattern_ops);
CREATE INDEX "golds_doubtful_idx" ON "golds" ("id" DESC) WHERE "doubtful" AND "retired_at" IS NULL;
CREATE INDEX "golds_retired_for_idx" ON "golds" ("id" DESC) WHERE "retired_for" IS NOT NULL;
CREATE INDEX "audit_entries_noun_idx" ON "audit_entries" (split_part("action", '.', 1), "id" DESC);

-- CreateIndex
CREATE INDEX "quiz_questions_gold_id_idx" ON "quiz_questions"("gold_id");

-- AlterTable
ALTER TABLE "onboardings" ADD COLUMN     "about" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "worker_notes" (
    "id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_notes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "worker_notes_worker_id_id_idx" ON "worker_notes"("worker_id", "id" DESC);
