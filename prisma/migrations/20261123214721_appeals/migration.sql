-- CreateEnum
CREATE TYPE "appeal_status" AS ENUM ('open', 'upheld', 'dismissed');

-- CreateTable
CREATE TABLE "appeals" (
    "id" UUID NOT NULL,
    "answer_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "appeal_status" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "appeals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "appeals_answer_id_key" ON "appeals"("answer_id");

-- CreateIndex
CREATE INDEX "appeals_mode_status_id_idx" ON "appeals"("mode", "status", "id");

-- The sweep looks for answers whose undo window has passed.
CREATE INDEX "drafts_waiting_idx" ON "drafts" ("submits_at") WHERE "submits_at" IS NOT NULL;
