-- CreateTable
CREATE TABLE "labelled_tasks" (
    "task_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "gold_id" UUID,
    "confidence" DOUBLE PRECISION NOT NULL,
    "correct" BOOLEAN NOT NULL,
    "based_on" INTEGER NOT NULL,
    "facets" TEXT[],
    "truths" INTEGER[],
    "said" INTEGER[],
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "labelled_tasks_pkey" PRIMARY KEY ("task_id")
);

-- CreateTable
CREATE TABLE "model_refits" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "facet" TEXT NOT NULL,
    "tasks" INTEGER NOT NULL,
    "votes" INTEGER NOT NULL,
    "labelled" INTEGER NOT NULL,
    "gnb_weight" DOUBLE PRECISION NOT NULL,
    "ds_weight" DOUBLE PRECISION NOT NULL,
    "ebcc_weight" DOUBLE PRECISION NOT NULL,
    "gnb_score" DOUBLE PRECISION NOT NULL,
    "ds_score" DOUBLE PRECISION NOT NULL,
    "ebcc_score" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_refits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facet_models" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "facet" TEXT NOT NULL,
    "weights" DOUBLE PRECISION[],
    "ds_classes" DOUBLE PRECISION[],
    "ebcc_parts" DOUBLE PRECISION[],
    "fitted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "facet_models_pkey" PRIMARY KEY ("organization_id","mode","type","facet")
);

-- CreateTable
CREATE TABLE "worker_models" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "facet" TEXT NOT NULL,
    "worker_id" UUID NOT NULL,
    "ds" DOUBLE PRECISION[],
    "ebcc" DOUBLE PRECISION[],

    CONSTRAINT "worker_models_pkey" PRIMARY KEY ("organization_id","mode","type","facet","worker_id")
);

-- CreateIndex
CREATE INDEX "labelled_tasks_organization_id_mode_type_recorded_at_idx" ON "labelled_tasks"("organization_id", "mode", "type", "recorded_at" DESC);

-- CreateIndex
CREATE INDEX "model_refits_organization_id_mode_type_facet_created_at_idx" ON "model_refits"("organization_id", "mode", "type", "facet", "created_at" DESC);
