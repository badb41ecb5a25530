-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "previous_callback_secret" TEXT,
ADD COLUMN     "previous_callback_secret_expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "vetted_workers_only" BOOLEAN NOT NULL DEFAULT false;
