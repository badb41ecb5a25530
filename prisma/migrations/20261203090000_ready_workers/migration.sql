-- Routing reads who could take a task in the order in which they are asked, and stops after the first
-- few, however many are online.
CREATE INDEX "workers_ready_idx" ON "workers" ("mode", "on_call" DESC, "last_assigned_at" NULLS FIRST)
  WHERE "online" AND "status" = 'active' AND "script_seat" IS NULL;
