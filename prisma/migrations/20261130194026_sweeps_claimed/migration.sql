-- AlterTable
ALTER TABLE "sweep_runs" ADD COLUMN     "claimed_until" TIMESTAMPTZ(3);
