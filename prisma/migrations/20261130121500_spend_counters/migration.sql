-- CreateTable
CREATE TABLE "spend_counters" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "day" DATE NOT NULL,
    "spender_id" UUID NOT NULL,
    "spent_sats" BIGINT NOT NULL,

    CONSTRAINT "spend_counters_pkey" PRIMARY KEY ("organization_id","mode","day","spender_id")
);

-- What was spent so far, of the days of all tasks there are: those that are open are taken off it as they end.
INSERT INTO "spend_counters" ("organization_id", "mode", "day", "spender_id", "spent_sats")
SELECT t."organization_id", t."mode", (t."created_at" AT TIME ZONE 'UTC')::date, s."spender_id",
       sum(CASE WHEN t."completed_at" IS NULL THEN t."held_sats" ELSE t."charged_sats" END)
  FROM "tasks" t
  CROSS JOIN LATERAL (
    VALUES (t."organization_id"), (CASE WHEN t."created_by" LIKE 'key:%' THEN substr(t."created_by", 5)::uuid END)
  ) AS s("spender_id")
 WHERE s."spender_id" IS NOT NULL
 GROUP BY 1, 2, 3, 4;
