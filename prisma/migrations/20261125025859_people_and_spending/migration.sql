-- AlterTable
ALTER TABLE "workers" ADD COLUMN     "removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "spend_limits" (
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "max_spend_sats_per_day" BIGINT,
    "low_balance_sats" BIGINT,
    "low_since" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "spend_limits_pkey" PRIMARY KEY ("organization_id","mode")
);

-- CreateTable
CREATE TABLE "pool_guests" (
    "organization_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "status" "worker_status" NOT NULL DEFAULT 'active',
    "skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "pool_guests_pkey" PRIMARY KEY ("organization_id","worker_id")
);

-- CreateTable
CREATE TABLE "pool_invitations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "skills" TEXT[],
    "tier" "risk_tier" NOT NULL,
    "capacity" INTEGER NOT NULL,
    "uses_max" INTEGER NOT NULL DEFAULT 1,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "token_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "pool_invitations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pool_guests_worker_id_idx" ON "pool_guests"("worker_id");

-- CreateIndex
CREATE UNIQUE INDEX "pool_invitations_token_hash_key" ON "pool_invitations"("token_hash");

-- CreateIndex
CREATE INDEX "pool_invitations_organization_id_id_idx" ON "pool_invitations"("organization_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "pool_guests" ADD CONSTRAINT "pool_guests_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "workers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A link lets in no more people than it says, whoever opens it at the same moment.
ALTER TABLE "pool_invitations"
  ADD CONSTRAINT "pool_invitations_uses" CHECK ("uses" >= 0 AND "uses" <= "uses_max");
ALTER TABLE "spend_limits"
  ADD CONSTRAINT "spend_limits_positive"
  CHECK (coalesce("max_spend_sats_per_day", 1) > 0 AND coalesce("low_balance_sats", 1) > 0);
