-- AlterTable
ALTER TABLE "worker_type_records" ADD COLUMN     "reliability" DOUBLE PRECISION NOT NULL DEFAULT 1;

-- What is known so far of how they see tasks through was not kept by type.
UPDATE "worker_type_records" r SET "reliability" = w."reliability" FROM "workers" w WHERE w."id" = r."worker_id";
