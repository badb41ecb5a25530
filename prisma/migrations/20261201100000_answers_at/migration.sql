-- When a simulated worker answers, for the clock.
ALTER TABLE assignments ADD COLUMN answers_at timestamptz(3);

CREATE INDEX assignments_answers_at_idx ON assignments (answers_at)
  WHERE answers_at IS NOT NULL AND status IN ('offered', 'active');
