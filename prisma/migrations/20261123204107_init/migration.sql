-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "mode" AS ENUM ('live', 'test');

-- CreateEnum
CREATE TYPE "risk_tier" AS ENUM ('low', 'medium', 'high', 'critical');

-- CreateEnum
CREATE TYPE "account_kind" AS ENUM ('organization_available', 'organization_held', 'worker_payable', 'worker_in_flight', 'platform_fees', 'rail_float');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('owner', 'admin', 'developer', 'viewer');

-- CreateEnum
CREATE TYPE "payout_status" AS ENUM ('pending', 'sending', 'paid', 'failed');

-- CreateEnum
CREATE TYPE "payout_attempt_status" AS ENUM ('reserved', 'settled', 'failed', 'unknown');

-- CreateEnum
CREATE TYPE "rail_payment_status" AS ENUM ('paid', 'refused', 'void');

-- CreateEnum
CREATE TYPE "idempotency_state" AS ENUM ('running', 'done');

-- CreateEnum
CREATE TYPE "task_status" AS ENUM ('posted', 'assigned', 'submitted', 'verified', 'failed', 'cancelled', 'expired');

-- CreateEnum
CREATE TYPE "assignment_status" AS ENUM ('offered', 'active', 'submitted', 'released', 'lapsed');

-- CreateEnum
CREATE TYPE "answer_status" AS ENUM ('pending', 'accepted', 'rejected', 'superseded');

-- CreateEnum
CREATE TYPE "review_status" AS ENUM ('open', 'decided', 'void');

-- CreateEnum
CREATE TYPE "endpoint_status" AS ENUM ('enabled', 'disabled');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('pending', 'delivered', 'failed');

-- CreateEnum
CREATE TYPE "worker_status" AS ENUM ('active', 'paused');

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "scopes" TEXT[],
    "max_spend_sats_per_day" BIGINT,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "kind" "account_kind" NOT NULL,
    "mode" "mode" NOT NULL,
    "owner" TEXT NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postings" (
    "id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "postings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entries" (
    "id" BIGSERIAL NOT NULL,
    "posting_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_pool" BOOLEAN NOT NULL DEFAULT true,
    "callback_secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "is_operator" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "member_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payouts" (
    "id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "worker_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "answer_id" UUID NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "rail" TEXT NOT NULL,
    "destination" TEXT,
    "status" "payout_status" NOT NULL DEFAULT 'pending',
    "failure_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),

    CONSTRAINT "payouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_attempts" (
    "id" UUID NOT NULL,
    "payout_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "rail" TEXT NOT NULL,
    "status" "payout_attempt_status" NOT NULL DEFAULT 'reserved',
    "external_id" TEXT,
    "preimage" TEXT,
    "fee_sats" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rail_payments" (
    "attempt_id" UUID NOT NULL,
    "rail" TEXT NOT NULL,
    "mode" "mode" NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "destination" TEXT,
    "status" "rail_payment_status" NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rail_payments_pkey" PRIMARY KEY ("attempt_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "live" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit_buckets" (
    "key" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "granted" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_buckets_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "state" "idempotency_state" NOT NULL,
    "lock_id" UUID NOT NULL,
    "locked_until" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "response" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("organization_id","mode","key")
);

-- CreateTable
CREATE TABLE "task_types" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "mode" "mode",
    "type" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "instructions" TEXT NOT NULL DEFAULT '',
    "output_schema" JSONB,
    "rules" JSONB NOT NULL DEFAULT '[]',
    "redundancy" JSONB NOT NULL DEFAULT '{}',
    "policy" JSONB NOT NULL DEFAULT '{}',
    "gold_rate" DOUBLE PRECISION,
    "payout_sats" BIGINT,
    "sla_seconds" INTEGER,
    "risk_tier" "risk_tier",
    "skills_required" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "golds" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "mode" "mode",
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "expected_output" JSONB NOT NULL,
    "explanation" TEXT NOT NULL DEFAULT '',
    "quiz" BOOLEAN NOT NULL DEFAULT false,
    "served" INTEGER NOT NULL DEFAULT 0,
    "correct" INTEGER NOT NULL DEFAULT 0,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "golds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "status" "task_status" NOT NULL DEFAULT 'posted',
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "output_schema" JSONB NOT NULL,
    "instructions" TEXT NOT NULL DEFAULT '',
    "payout_sats" BIGINT NOT NULL,
    "sla_seconds" INTEGER NOT NULL,
    "skills_required" TEXT[],
    "risk_tier" "risk_tier" NOT NULL,
    "min_votes" INTEGER NOT NULL,
    "max_votes" INTEGER NOT NULL,
    "target_confidence" DOUBLE PRECISION NOT NULL,
    "pool_organization_id" UUID,
    "callback_url" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "agent_guess" JSONB,
    "on_timeout" JSONB NOT NULL DEFAULT '{"action":"expire"}',
    "idempotency_key" TEXT,
    "request_hash" TEXT NOT NULL,
    "sandbox" JSONB,
    "dialect" TEXT NOT NULL DEFAULT 'v1',
    "created_by" TEXT NOT NULL,
    "gold_id" UUID,
    "votes_wanted" INTEGER NOT NULL,
    "open_seats" INTEGER NOT NULL,
    "votes_accepted" INTEGER NOT NULL DEFAULT 0,
    "rejections" INTEGER NOT NULL DEFAULT 0,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "output" JSONB,
    "confidence" DOUBLE PRECISION,
    "dissent" JSONB,
    "verification" JSONB,
    "held_sats" BIGINT NOT NULL,
    "charged_sats" BIGINT NOT NULL DEFAULT 0,
    "fee_sats" BIGINT NOT NULL DEFAULT 0,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "assigned_at" TIMESTAMPTZ(3),
    "submitted_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "backup_called_at" TIMESTAMPTZ(3),

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignments" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "status" "assignment_status" NOT NULL,
    "backup" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "lapses_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "release_reason" TEXT,

    CONSTRAINT "assignments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answers" (
    "id" UUID NOT NULL,
    "assignment_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "output" JSONB NOT NULL,
    "status" "answer_status" NOT NULL DEFAULT 'pending',
    "elapsed_ms" INTEGER NOT NULL,
    "telemetry" JSONB,
    "device_hash" TEXT,
    "network_hash" TEXT,
    "text_signature" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "rejection_code" TEXT,
    "rejection_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "judged_at" TIMESTAMPTZ(3),

    CONSTRAINT "answers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_events" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "snapshot" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verdicts" (
    "id" UUID NOT NULL,
    "answer_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason_code" TEXT,
    "message" TEXT,
    "score" DOUBLE PRECISION,
    "details" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verdicts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reviews" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "blocking" BOOLEAN NOT NULL,
    "status" "review_status" NOT NULL DEFAULT 'open',
    "reason" TEXT NOT NULL,
    "proposed" JSONB,
    "decision" TEXT,
    "output" JSONB,
    "note" TEXT,
    "reviewer_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoints" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "events" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "secret" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_secret_expires_at" TIMESTAMPTZ(3),
    "status" "endpoint_status" NOT NULL DEFAULT 'enabled',
    "disabled_reason" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "task_id" UUID,
    "task_event_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "endpoint_id" UUID,
    "url" TEXT NOT NULL,
    "body" TEXT,
    "dialect" TEXT NOT NULL DEFAULT 'v1',
    "status" "delivery_status" NOT NULL DEFAULT 'pending',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "tries_before" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status_code" INTEGER,
    "error" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "response_body" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "mode" "mode" NOT NULL,
    "pool_organization_id" UUID,
    "display_name" TEXT NOT NULL,
    "status" "worker_status" NOT NULL DEFAULT 'active',
    "tier" "risk_tier" NOT NULL DEFAULT 'medium',
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "online" BOOLEAN NOT NULL DEFAULT false,
    "on_call" BOOLEAN NOT NULL DEFAULT false,
    "capacity" INTEGER NOT NULL DEFAULT 1,
    "reliability" DOUBLE PRECISION NOT NULL DEFAULT 0.9,
    "payout_rail" TEXT NOT NULL DEFAULT 'internal',
    "payout_destination" TEXT,
    "last_seen_at" TIMESTAMPTZ(3),
    "last_assigned_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "skills" (
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "skills_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "worker_skills" (
    "worker_id" UUID NOT NULL,
    "skill" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "gold_correct" INTEGER NOT NULL DEFAULT 0,
    "gold_total" INTEGER NOT NULL DEFAULT 0,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_skills_pkey" PRIMARY KEY ("worker_id","skill")
);

-- CreateTable
CREATE TABLE "worker_type_records" (
    "worker_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "gold_correct" INTEGER NOT NULL DEFAULT 0,
    "gold_total" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "seconds_total" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "seconds_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "worker_type_records_pkey" PRIMARY KEY ("worker_id","type")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_mode_id_idx" ON "api_keys"("organization_id", "mode", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "accounts_kind_owner_mode_key" ON "accounts"("kind", "owner", "mode");

-- CreateIndex
CREATE UNIQUE INDEX "postings_reference_kind_key" ON "postings"("reference", "kind");

-- CreateIndex
CREATE INDEX "entries_account_id_id_idx" ON "entries"("account_id", "id");

-- CreateIndex
CREATE INDEX "entries_posting_id_idx" ON "entries"("posting_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_id_idx" ON "audit_entries"("organization_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payouts_answer_id_key" ON "payouts"("answer_id");

-- CreateIndex
CREATE INDEX "payouts_task_id_idx" ON "payouts"("task_id");

-- CreateIndex
CREATE INDEX "payouts_worker_id_id_idx" ON "payouts"("worker_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payout_attempts_payout_id_number_key" ON "payout_attempts"("payout_id", "number");

-- CreateIndex
CREATE INDEX "outbox_available_at_id_idx" ON "outbox"("available_at", "id");

-- CreateIndex
CREATE INDEX "rate_limit_buckets_updated_at_idx" ON "rate_limit_buckets"("updated_at");

-- CreateIndex
CREATE INDEX "idempotency_records_expires_at_idx" ON "idempotency_records"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "task_types_organization_id_mode_type_key" ON "task_types"("organization_id", "mode", "type");

-- CreateIndex
CREATE INDEX "golds_type_organization_id_idx" ON "golds"("type", "organization_id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_mode_id_idx" ON "tasks"("organization_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "tasks_organization_id_mode_status_id_idx" ON "tasks"("organization_id", "mode", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "tasks_organization_id_mode_type_id_idx" ON "tasks"("organization_id", "mode", "type", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "tasks_organization_id_mode_idempotency_key_key" ON "tasks"("organization_id", "mode", "idempotency_key");

-- CreateIndex
CREATE INDEX "assignments_worker_id_id_idx" ON "assignments"("worker_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "assignments_task_id_worker_id_key" ON "assignments"("task_id", "worker_id");

-- CreateIndex
CREATE UNIQUE INDEX "answers_assignment_id_key" ON "answers"("assignment_id");

-- CreateIndex
CREATE INDEX "answers_task_id_idx" ON "answers"("task_id");

-- CreateIndex
CREATE INDEX "answers_worker_id_id_idx" ON "answers"("worker_id", "id" DESC);

-- CreateIndex
CREATE INDEX "answers_type_mode_id_idx" ON "answers"("type", "mode", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "task_events_task_id_sequence_key" ON "task_events"("task_id", "sequence");

-- CreateIndex
CREATE INDEX "verdicts_task_id_idx" ON "verdicts"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "verdicts_answer_id_stage_key" ON "verdicts"("answer_id", "stage");

-- CreateIndex
CREATE INDEX "reviews_mode_status_id_idx" ON "reviews"("mode", "status", "id");

-- CreateIndex
CREATE INDEX "reviews_task_id_idx" ON "reviews"("task_id");

-- CreateIndex
CREATE INDEX "endpoints_organization_id_mode_id_idx" ON "endpoints"("organization_id", "mode", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_events_task_event_id_key" ON "webhook_events"("task_event_id");

-- CreateIndex
CREATE INDEX "webhook_events_task_id_idx" ON "webhook_events"("task_id");

-- CreateIndex
CREATE INDEX "deliveries_endpoint_id_id_idx" ON "deliveries"("endpoint_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "delivery_attempts_delivery_id_number_key" ON "delivery_attempts"("delivery_id", "number");

-- CreateIndex
CREATE INDEX "workers_mode_online_status_idx" ON "workers"("mode", "online", "status");

-- CreateIndex
CREATE INDEX "workers_pool_organization_id_idx" ON "workers"("pool_organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "workers_user_id_mode_key" ON "workers"("user_id", "mode");

-- CreateIndex
CREATE INDEX "worker_skills_skill_worker_id_idx" ON "worker_skills"("skill", "worker_id");

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_posting_id_fkey" FOREIGN KEY ("posting_id") REFERENCES "postings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payout_attempts" ADD CONSTRAINT "payout_attempts_payout_id_fkey" FOREIGN KEY ("payout_id") REFERENCES "payouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answers" ADD CONSTRAINT "answers_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answers" ADD CONSTRAINT "answers_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_events" ADD CONSTRAINT "task_events_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workers" ADD CONSTRAINT "workers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worker_skills" ADD CONSTRAINT "worker_skills_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "workers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
