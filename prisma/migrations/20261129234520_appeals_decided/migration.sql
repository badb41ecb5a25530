-- CreateEnum
CREATE TYPE "appeal_ground" AS ENUM ('rejected', 'out_voted', 'gold');

-- CreateEnum
CREATE TYPE "appeal_route" AS ENUM ('re_votes', 'reviewer');

-- CreateEnum
CREATE TYPE "appeal_decider" AS ENUM ('re_votes', 'reviewer', 'time');

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "appeal_id" UUID;

-- AlterTable
ALTER TABLE "reviews" ADD COLUMN     "appeal_id" UUID;

-- AlterTable
ALTER TABLE "appeals" ADD COLUMN     "against_reviewer_id" TEXT,
ADD COLUMN     "decided_at" TIMESTAMPTZ(3),
ADD COLUMN     "decided_by" "appeal_decider",
ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "explanation" TEXT,
ADD COLUMN     "ground" "appeal_ground",
ADD COLUMN     "organization_id" UUID,
ADD COLUMN     "route" "appeal_route",
ADD COLUMN     "type" TEXT;

-- Appeals that were made before there was anybody to decide them: their time begins now.
UPDATE "appeals" p
   SET "organization_id" = t."organization_id", "type" = t."type",
       "due_at" = now() + interval '72 hours',
       "ground" = CASE WHEN t."gold_id" IS NOT NULL THEN 'gold'
                       WHEN a."status" = 'rejected' THEN 'rejected'
                       ELSE 'out_voted' END::"appeal_ground"
  FROM "answers" a JOIN "tasks" t ON t."id" = a."task_id"
 WHERE a."id" = p."answer_id";

ALTER TABLE "appeals" ALTER COLUMN "organization_id" SET NOT NULL,
ALTER COLUMN "type" SET NOT NULL,
ALTER COLUMN "due_at" SET NOT NULL,
ALTER COLUMN "ground" SET NOT NULL;

-- CreateTable
CREATE TABLE "counted_evidence" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "labelled" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "counted_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "counted_evidence_task_id_idx" ON "counted_evidence"("task_id");

-- CreateIndex
CREATE INDEX "counted_evidence_created_at_idx" ON "counted_evidence"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "reviews_appeal_id_key" ON "reviews"("appeal_id");

-- CreateIndex
CREATE INDEX "appeals_organization_id_mode_type_idx" ON "appeals"("organization_id", "mode", "type");

-- CreateIndex
CREATE INDEX "appeals_task_id_idx" ON "appeals"("task_id");

-- What has been decided says by whom and when.
ALTER TABLE "appeals"
  ADD CONSTRAINT "appeals_decided_check" CHECK (
    ("status" = 'open') = ("decided_at" IS NULL) AND ("status" = 'open') = ("decided_by" IS NULL));

-- The sweep looks for what is open and due.
CREATE INDEX "appeals_open_idx" ON "appeals" ("due_at") WHERE "status" = 'open';

-- Golds and re-votes are one worker's, and take one vote.
ALTER TABLE "tasks"
  DROP CONSTRAINT "tasks_gold_check",
  ADD CONSTRAINT "tasks_sown_check" CHECK (
    ("gold_id" IS NULL AND "appeal_id" IS NULL) = ("reserved_for" IS NULL)
    AND ("gold_id" IS NULL OR "appeal_id" IS NULL)
    AND ("reserved_for" IS NULL OR "max_votes" = 1));

-- Nobody votes twice on one appeal.
CREATE UNIQUE INDEX "tasks_appeal_idx" ON "tasks" ("appeal_id", "reserved_for")
  WHERE "appeal_id" IS NOT NULL;

-- Customers count and filter their tasks by status, and neither golds nor re-votes are any of them.
DROP INDEX "tasks_organization_id_mode_status_id_idx";
CREATE INDEX "tasks_organization_id_mode_status_id_idx"
  ON "tasks" ("organization_id", "mode", "status", "id" DESC) WHERE "reserved_for" IS NULL;
