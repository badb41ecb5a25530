-- Evidence belongs to one organization: answers name theirs, and workers' records are kept by it.
ALTER TABLE "answers" ADD COLUMN "organization_id" UUID;

UPDATE "answers" a SET "organization_id" = t."organization_id" FROM "tasks" t WHERE t."id" = a."task_id";

ALTER TABLE "answers" ALTER COLUMN "organization_id" SET NOT NULL;

DROP INDEX "answers_type_mode_id_idx";

CREATE INDEX "answers_organization_id_mode_type_id_idx" ON "answers"("organization_id", "mode", "type", "id" DESC);

-- Records so far were summed over all organizations; they are counted again from the answers.
DELETE FROM "worker_type_records";

ALTER TABLE "worker_type_records" DROP CONSTRAINT "worker_type_records_pkey",
ADD COLUMN     "organization_id" UUID NOT NULL,
ADD CONSTRAINT "worker_type_records_pkey" PRIMARY KEY ("worker_id", "organization_id", "type");

CREATE INDEX "worker_type_records_organization_id_type_idx" ON "worker_type_records"("organization_id", "type");

INSERT INTO "worker_type_records" ("worker_id", "organization_id", "type", "gold_correct", "gold_total",
                                   "accepted", "rejected", "seconds_total", "seconds_count")
SELECT a."worker_id", a."organization_id", a."type",
       count(*) FILTER (WHERE t."gold_id" IS NOT NULL AND v."verdict" = 'pass'),
       count(*) FILTER (WHERE t."gold_id" IS NOT NULL AND v."verdict" IN ('pass', 'reject')),
       count(*) FILTER (WHERE a."status" = 'accepted'),
       count(*) FILTER (WHERE a."status" = 'rejected'),
       coalesce(sum(a."elapsed_ms" / 1000.0) FILTER (WHERE a."status" = 'accepted'), 0),
       count(*) FILTER (WHERE a."status" = 'accepted')
  FROM "answers" a
  JOIN "tasks" t ON t."id" = a."task_id"
  LEFT JOIN "verdicts" v ON v."answer_id" = a."id" AND v."stage" = 'gold'
 WHERE a."status" <> 'pending'
 GROUP BY a."worker_id", a."organization_id", a."type";
