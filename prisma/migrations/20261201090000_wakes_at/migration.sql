-- When the clock looks at an open task next: for a backup, for the last call, and in the end to expire it.
-- A process of the version before sets none: the clock looks at once, and sets the next one.
ALTER TABLE "tasks" ADD COLUMN "wakes_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

UPDATE "tasks" SET "wakes_at" = "expires_at" - "sla_seconds" * 0.2 * interval '1 second'
 WHERE "status" IN ('posted', 'assigned', 'submitted');

DROP INDEX "tasks_open_expiry_idx";
CREATE INDEX "tasks_open_wakes_idx" ON "tasks" ("wakes_at")
 WHERE "status" IN ('posted', 'assigned', 'submitted');
