-- CreateEnum
CREATE TYPE "quiz_status" AS ENUM ('open', 'passed', 'failed');

-- CreateEnum
CREATE TYPE "worker_vetting" AS ENUM ('waiting', 'approved', 'rejected');

-- CreateEnum
CREATE TYPE "payout_timing" AS ENUM ('at_once', 'on_withdrawal');

-- AlterEnum
ALTER TYPE "payout_status" ADD VALUE 'held' BEFORE 'pending';

-- AlterTable
ALTER TABLE "workers" ADD COLUMN     "payout_timing" "payout_timing" NOT NULL DEFAULT 'at_once',
ADD COLUMN     "vetted_at" TIMESTAMPTZ(3),
ADD COLUMN     "vetting" "worker_vetting" NOT NULL DEFAULT 'approved',
ADD COLUMN     "vetting_reason" TEXT;

-- CreateTable
CREATE TABLE "onboardings" (
    "worker_id" UUID NOT NULL,
    "skills_wanted" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "payout_chosen_at" TIMESTAMPTZ(3),
    "practised_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "onboardings_pkey" PRIMARY KEY ("worker_id")
);

-- CreateTable
CREATE TABLE "quizzes" (
    "id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "skill" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "quiz_status" NOT NULL DEFAULT 'open',
    "pass_mark" DOUBLE PRECISION NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "pardoned_at" TIMESTAMPTZ(3),

    CONSTRAINT "quizzes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quiz_questions" (
    "id" UUID NOT NULL,
    "quiz_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "gold_id" UUID NOT NULL,
    "output" JSON,
    "correct" BOOLEAN,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "quiz_questions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance_settings" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "instance_settings_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "quizzes_status_expires_at_idx" ON "quizzes"("status", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "quizzes_worker_id_skill_number_key" ON "quizzes"("worker_id", "skill", "number");

-- CreateIndex
CREATE UNIQUE INDEX "quiz_questions_quiz_id_position_key" ON "quiz_questions"("quiz_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "quiz_questions_quiz_id_gold_id_key" ON "quiz_questions"("quiz_id", "gold_id");

-- CreateIndex
CREATE INDEX "payouts_worker_id_status_idx" ON "payouts"("worker_id", "status");

-- CreateIndex
CREATE INDEX "workers_mode_vetting_idx" ON "workers"("mode", "vetting");

-- AddForeignKey
ALTER TABLE "quiz_questions" ADD CONSTRAINT "quiz_questions_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quizzes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Several tries at once would show more golds than one may see.
CREATE UNIQUE INDEX "quizzes_one_open" ON "quizzes" ("worker_id", "skill") WHERE "status" = 'open';
