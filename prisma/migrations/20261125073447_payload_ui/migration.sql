-- AlterTable
ALTER TABLE "task_types" ADD COLUMN     "payload_ui" JSON NOT NULL DEFAULT '{}';
