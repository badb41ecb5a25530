-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "test_clock_of" UUID;

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "crowd_seats" INTEGER;

-- AlterTable
ALTER TABLE "workers" ADD COLUMN     "script_seat" INTEGER,
ADD COLUMN     "scripted_for" UUID;

-- CreateTable
CREATE TABLE "test_clocks" (
    "organization_id" UUID NOT NULL,
    "now_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "lock_id" UUID,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "test_clocks_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "test_clock_jobs" (
    "organization_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "steps" JSONB NOT NULL DEFAULT '{}',
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "test_clock_jobs_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "test_clock_jobs_organization_id_due_at_position_idx" ON "test_clock_jobs"("organization_id", "due_at", "position");

-- CreateIndex
CREATE INDEX "outbox_test_clock_of_id_idx" ON "outbox"("test_clock_of", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workers_scripted_for_script_seat_key" ON "workers"("scripted_for", "script_seat");
