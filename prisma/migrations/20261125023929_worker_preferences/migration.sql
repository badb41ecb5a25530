-- AlterTable
ALTER TABLE "assignments" ADD COLUMN     "submission_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "submission_key" UUID;

-- AlterTable
ALTER TABLE "workers" ADD COLUMN     "preferences" JSONB NOT NULL DEFAULT '{}';
