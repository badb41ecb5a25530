-- CreateEnum
CREATE TYPE "skill_return" AS ENUM ('own_quiz', 'shipped_quiz', 'probation', 'person');

-- AlterTable
ALTER TABLE "quizzes" ADD COLUMN     "pause_id" UUID;

-- AlterTable
ALTER TABLE "golds" ADD COLUMN     "retired_for" TEXT,
ADD COLUMN     "vouched_at" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawn" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "workers" ADD COLUMN     "tier_auto" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "worker_type_records" ADD COLUMN     "past_correct" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "past_total" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "gold_score" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "past_score" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "tier" "risk_tier";

-- CreateTable
CREATE TABLE "skill_pauses" (
    "id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "gold_correct" INTEGER NOT NULL,
    "gold_total" INTEGER NOT NULL,
    "returns_by" "skill_return" NOT NULL,
    "paused_at" TIMESTAMPTZ(3) NOT NULL,
    "returns_at" TIMESTAMPTZ(3),
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by" TEXT,
    "lifted_for" TEXT,

    CONSTRAINT "skill_pauses_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "skill_pauses_worker_id_organization_id_type_idx" ON "skill_pauses"("worker_id", "organization_id", "type");

-- CreateIndex
CREATE INDEX "skill_pauses_organization_id_id_idx" ON "skill_pauses"("organization_id", "id" DESC);

-- CreateIndex
CREATE INDEX "quizzes_pause_id_idx" ON "quizzes"("pause_id");

-- One pause at a time; routing looks here for each worker it could choose.
CREATE UNIQUE INDEX "skill_pauses_open_idx"
  ON "skill_pauses" ("worker_id", "organization_id", "type") WHERE "lifted_at" IS NULL;

-- Pauses whose time is up are looked for every minute.
CREATE INDEX "skill_pauses_returning_idx" ON "skill_pauses" ("returns_at")
  WHERE "lifted_at" IS NULL AND "returns_by" = 'probation';

-- Organizations set the tier of their own people themselves.
UPDATE "workers" SET "tier_auto" = false WHERE "pool_organization_id" IS NOT NULL;

-- Golds of before were not kept field by field.
UPDATE "worker_type_records" SET "gold_score" = "gold_correct";
