-- CreateEnum
CREATE TYPE "engine_state" AS ENUM ('registering', 'registered', 'forgotten', 'unreachable');

-- CreateTable
CREATE TABLE "sent_events" (
    "id" UUID NOT NULL,
    "events" JSONB NOT NULL,
    "sent_at" TIMESTAMPTZ(6) NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sent_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_link" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "state" "engine_state" NOT NULL DEFAULT 'registering',
    "state_since" TIMESTAMPTZ(6) NOT NULL,
    "last_error" TEXT,
    "fingerprint" TEXT,
    "registration_started_at" TIMESTAMPTZ(6),
    "registered_at" TIMESTAMPTZ(6),
    "called_at" TIMESTAMPTZ(6),
    "probed_at" TIMESTAMPTZ(6),
    "holder" UUID,
    "held_until" TIMESTAMPTZ(6),

    CONSTRAINT "engine_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sent_events_taken_at_idx" ON "sent_events"("taken_at");
