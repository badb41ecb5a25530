-- The queue is read by urgency, and only tasks with a free seat are in it.
CREATE INDEX "tasks_open_seats_idx" ON "tasks" ("mode", "expires_at") WHERE "open_seats" > 0;

-- The sweep looks for what is overdue among tasks that have not ended.
CREATE INDEX "tasks_open_expiry_idx" ON "tasks" ("expires_at")
  WHERE "status" IN ('posted', 'assigned', 'submitted');

-- Spend caps are summed per key and day.
CREATE INDEX "tasks_created_by_idx" ON "tasks" ("organization_id", "created_by", "created_at");

-- A worker's load is counted at every choice; lapses are swept by their time.
CREATE INDEX "assignments_open_idx" ON "assignments" ("worker_id") WHERE "status" IN ('offered', 'active');
CREATE INDEX "assignments_lapse_idx" ON "assignments" ("lapses_at") WHERE "status" IN ('offered', 'active');

-- A task waits for one reviewer at a time.
CREATE UNIQUE INDEX "reviews_one_open_idx" ON "reviews" ("task_id") WHERE "blocking" AND "status" = 'open';

ALTER TABLE "tasks"
  ADD CONSTRAINT "tasks_votes_check" CHECK ("min_votes" >= 1 AND "max_votes" >= "min_votes"),
  ADD CONSTRAINT "tasks_seats_check" CHECK ("open_seats" >= 0),
  ADD CONSTRAINT "tasks_money_check" CHECK ("payout_sats" >= 1 AND "held_sats" >= "charged_sats"),
  ADD CONSTRAINT "tasks_ended_check" CHECK (
    ("status" IN ('verified', 'failed', 'cancelled', 'expired')) = ("completed_at" IS NOT NULL));
