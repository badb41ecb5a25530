-- AlterTable
ALTER TABLE "users" ADD COLUMN     "display_currency" TEXT;

-- AlterTable
ALTER TABLE "worker_type_records" ADD COLUMN     "recent_sats" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
ADD COLUMN     "recent_seconds" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
ADD COLUMN     "counted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "exchange_rates" (
    "currency" TEXT NOT NULL,
    "per_btc" DOUBLE PRECISION NOT NULL,
    "source" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "refused_per_btc" DOUBLE PRECISION,
    "refused_at" TIMESTAMPTZ(3),

    CONSTRAINT "exchange_rates_pkey" PRIMARY KEY ("currency")
);

-- CreateTable
CREATE TABLE "rate_attempts" (
    "source" TEXT NOT NULL,
    "attempted_at" TIMESTAMPTZ(3) NOT NULL,
    "error" TEXT,

    CONSTRAINT "rate_attempts_pkey" PRIMARY KEY ("source")
);

-- CreateTable
CREATE TABLE "type_paces" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "sats_per_hour" DOUBLE PRECISION NOT NULL,
    "answers" INTEGER NOT NULL,
    "workers" INTEGER NOT NULL,
    "accepted_share" DOUBLE PRECISION NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "type_paces_pkey" PRIMARY KEY ("organization_id","mode","type")
);

-- CreateIndex
CREATE INDEX "type_paces_measured_at_idx" ON "type_paces"("measured_at");

-- CreateIndex
CREATE INDEX "worker_type_records_counted_at_idx" ON "worker_type_records"("counted_at");

ALTER TABLE "exchange_rates" ADD CONSTRAINT "exchange_rates_per_btc_positive"
  CHECK ("per_btc" > 0 AND "per_btc" < 'Infinity'::float8);

-- What is known of answers already: each worker's latest twenty of the last 90 days. Time away from the page
-- counts up to as much as was spent on it; see server/features/workers/own-seconds.ts.
WITH timed AS (
  SELECT a."worker_id", a."organization_id", a."type", a."judged_at", t."payout_sats",
         GREATEST(1, LEAST(a."elapsed_ms", 2 * NULLIF((a."telemetry"->>'activeMs')::float8, 0)) / 1000) AS seconds,
         row_number() OVER (PARTITION BY a."worker_id", a."organization_id", a."type"
                                ORDER BY a."id" DESC) AS place
    FROM "answers" a JOIN "tasks" t ON t."id" = a."task_id"
   WHERE a."status" = 'accepted' AND a."judged_at" > now() - interval '90 days'
), latest AS (
  SELECT "worker_id", "organization_id", "type", max("judged_at") AS counted_at,
         array_agg(seconds ORDER BY place) AS seconds,
         array_agg("payout_sats"::float8 ORDER BY place) AS sats
    FROM timed WHERE place <= 20 GROUP BY 1, 2, 3
)
UPDATE "worker_type_records" r
   SET "recent_seconds" = l.seconds, "recent_sats" = l.sats, "counted_at" = l.counted_at
  FROM latest l
 WHERE l."worker_id" = r."worker_id" AND l."organization_id" = r."organization_id" AND l."type" = r."type";
