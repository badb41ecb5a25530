-- CreateTable
CREATE TABLE "receipt_keys" (
    "public_key" TEXT NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "receipt_keys_pkey" PRIMARY KEY ("public_key")
);
