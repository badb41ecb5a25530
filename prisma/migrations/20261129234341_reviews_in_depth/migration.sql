-- CreateEnum
CREATE TYPE "review_kind" AS ENUM ('escalated', 'spot_check', 'second_review', 'appeal');

-- CreateEnum
CREATE TYPE "review_queue" AS ENUM ('organization', 'instance');

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "reviews_public_pool" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "correction" JSON;

-- AlterTable
ALTER TABLE "reviews" ADD COLUMN     "agrees" BOOLEAN,
ADD COLUMN     "applied_at" TIMESTAMPTZ(3),
ADD COLUMN     "claimed_by" UUID,
ADD COLUMN     "claimed_until" TIMESTAMPTZ(3),
ADD COLUMN     "kind" "review_kind",
ADD COLUMN     "organization_id" UUID,
ADD COLUMN     "queue" "review_queue",
ADD COLUMN     "sampling_probability" DOUBLE PRECISION NOT NULL DEFAULT 1,
ADD COLUMN     "second_of" UUID,
ADD COLUMN     "type" TEXT;

-- What reviews so far are of; a decision that its task no longer waits for has been applied.
UPDATE "reviews" r
   SET "organization_id" = t."organization_id",
       "type" = t."type",
       "kind" = CASE WHEN r."blocking" THEN 'escalated' ELSE 'spot_check' END::"review_kind",
       "queue" = CASE WHEN t."pool_organization_id" IS NULL THEN 'instance' ELSE 'organization' END::"review_queue",
       "sampling_probability" = 1 / greatest(r."weight", 1),
       "applied_at" = CASE WHEN r."blocking" AND t."status" <> 'submitted' THEN r."decided_at" END
  FROM "tasks" t
 WHERE t."id" = r."task_id";

ALTER TABLE "reviews" ALTER COLUMN "organization_id" SET NOT NULL,
ALTER COLUMN "type" SET NOT NULL,
ALTER COLUMN "kind" SET NOT NULL,
ALTER COLUMN "queue" SET NOT NULL;

-- CreateTable
CREATE TABLE "gold_candidates" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "task_id" UUID NOT NULL,
    "expected_output" JSON NOT NULL,
    "explanation" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gold_candidates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "gold_candidates_organization_id_mode_type_id_idx" ON "gold_candidates"("organization_id", "mode", "type", "id");

-- CreateIndex
CREATE UNIQUE INDEX "reviews_second_of_key" ON "reviews"("second_of");

-- CreateIndex
CREATE INDEX "reviews_mode_status_organization_id_id_idx" ON "reviews"("mode", "status", "organization_id", "id");
