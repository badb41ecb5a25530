-- AlterTable
ALTER TABLE "payouts" ADD COLUMN     "hold_reason" TEXT;

-- CreateTable
CREATE TABLE "sweep_runs" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "took_ms" INTEGER,
    "found" JSONB,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "sweep_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit_refusals" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "limit" INTEGER NOT NULL,
    "window_seconds" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_refusals_pkey" PRIMARY KEY ("hour","key")
);

-- CreateTable
CREATE TABLE "app_processes" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "node_version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "memory_bytes" BIGINT NOT NULL,

    CONSTRAINT "app_processes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "payouts_mode_status_id_idx" ON "payouts"("mode", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "payouts_status_next_attempt_at_idx" ON "payouts"("status", "next_attempt_at");
