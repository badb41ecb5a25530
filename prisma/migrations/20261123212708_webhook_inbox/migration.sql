-- CreateTable
CREATE TABLE "inboxes" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inboxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_events" (
    "id" UUID NOT NULL,
    "inbox_id" UUID NOT NULL,
    "headers" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "genuine" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "inboxes_token_key" ON "inboxes"("token");

-- CreateIndex
CREATE UNIQUE INDEX "inboxes_organization_id_mode_key" ON "inboxes"("organization_id", "mode");

-- CreateIndex
CREATE INDEX "inbox_events_inbox_id_id_idx" ON "inbox_events"("inbox_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "inbox_events" ADD CONSTRAINT "inbox_events_inbox_id_fkey" FOREIGN KEY ("inbox_id") REFERENCES "inboxes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
