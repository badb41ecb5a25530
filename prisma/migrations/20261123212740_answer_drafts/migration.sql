-- CreateTable
CREATE TABLE "drafts" (
    "assignment_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "value" JSON NOT NULL,
    "telemetry" JSONB,
    "device_hash" TEXT,
    "network_hash" TEXT,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "submits_at" TIMESTAMPTZ(3),

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("assignment_id")
);

-- CreateIndex
CREATE INDEX "drafts_saved_at_idx" ON "drafts"("saved_at");

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
