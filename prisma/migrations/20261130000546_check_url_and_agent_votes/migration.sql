-- AlterTable
ALTER TABLE "task_types" ADD COLUMN     "agent_votes" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "check_url" TEXT;

-- AlterTable
ALTER TABLE "answers" ADD COLUMN     "checked" JSONB;
