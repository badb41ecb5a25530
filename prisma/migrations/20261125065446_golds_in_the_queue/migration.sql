-- DropIndex
DROP INDEX "tasks_organization_id_mode_status_id_idx";

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "reserved_for" UUID;

-- A gold is one worker's and judged by its known answer, so it takes one vote.
ALTER TABLE "tasks"
  ADD CONSTRAINT "tasks_gold_check" CHECK (
    ("gold_id" IS NULL) = ("reserved_for" IS NULL) AND ("gold_id" IS NULL OR "max_votes" = 1));

-- Nobody gets the same gold twice; a gold's answers are found by it.
CREATE UNIQUE INDEX "tasks_gold_idx" ON "tasks" ("gold_id", "reserved_for")
  WHERE "gold_id" IS NOT NULL;

-- Whether a gold waits for a worker already is asked before each is sown.
CREATE INDEX "tasks_reserved_open_idx" ON "tasks" ("reserved_for")
  WHERE "reserved_for" IS NOT NULL AND "completed_at" IS NULL;

-- Customers count and filter their tasks by status, and golds are none of them.
CREATE INDEX "tasks_organization_id_mode_status_id_idx"
  ON "tasks" ("organization_id", "mode", "status", "id" DESC) WHERE "gold_id" IS NULL;
