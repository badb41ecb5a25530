-- Nullable and without a default, so that no row is rewritten.
ALTER TABLE "tasks" ADD COLUMN "traceparent" TEXT,
ADD COLUMN "tracestate" TEXT;
