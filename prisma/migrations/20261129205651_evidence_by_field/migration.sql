-- CreateEnum
CREATE TYPE "confidence_basis" AS ENUM ('uncalibrated', 'provisional', 'calibrated');

-- CreateEnum
CREATE TYPE "on_low_confidence" AS ENUM ('verify', 'review', 'fail');

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "confidence_basis" "confidence_basis",
ADD COLUMN     "on_low_confidence" "on_low_confidence" NOT NULL DEFAULT 'verify',
ADD COLUMN     "vote_value" DOUBLE PRECISION NOT NULL DEFAULT 0.01;

-- AlterTable
ALTER TABLE "reviews" ADD COLUMN     "weight" DOUBLE PRECISION NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "evidence_cells" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "facet" TEXT NOT NULL,
    "worker_id" UUID NOT NULL,
    "truth" INTEGER NOT NULL,
    "said" INTEGER NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "squared_error" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "evidence_cells_pkey" PRIMARY KEY ("organization_id","mode","type","facet","worker_id","truth","said")
);

-- CreateTable
CREATE TABLE "facet_calibrators" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "facet" TEXT NOT NULL,
    "gains" DOUBLE PRECISION[],
    "labelled" INTEGER NOT NULL,

    CONSTRAINT "facet_calibrators_pkey" PRIMARY KEY ("organization_id","mode","type","facet")
);
