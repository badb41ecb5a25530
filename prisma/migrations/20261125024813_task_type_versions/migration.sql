-- CreateEnum
CREATE TYPE "task_pool" AS ENUM ('public', 'organization');

-- AlterTable
ALTER TABLE "task_types" ADD COLUMN     "pool" "task_pool" NOT NULL DEFAULT 'public';

-- CreateTable
CREATE TABLE "task_type_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "saved" JSON NOT NULL,
    "saved_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_type_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "task_type_versions_organization_id_mode_type_version_key" ON "task_type_versions"("organization_id", "mode", "type", "version");

-- What is saved already is the first version that can be looked back at.
INSERT INTO "task_type_versions" ("id", "organization_id", "mode", "type", "version", "saved", "saved_by", "created_at")
SELECT gen_random_uuid(), "organization_id", "mode", "type", "version",
       json_build_object(
         'title', "title", 'description', "description", 'instructions', "instructions",
         'output_schema', "output_schema", 'rules', "rules", 'redundancy', "redundancy",
         'policy', "policy", 'gold_rate', "gold_rate", 'payout_sats', "payout_sats",
         'sla_seconds', "sla_seconds", 'risk_tier', "risk_tier",
         'skills_required', to_json("skills_required"), 'pool', "pool"),
       'system', "updated_at"
  FROM "task_types"
 WHERE "organization_id" IS NOT NULL AND "mode" IS NOT NULL;
