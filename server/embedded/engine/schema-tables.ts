/**
 * The engine's tables, created in its own schema. Times are milliseconds since the epoch; users'
 * JSON is stored as text, because jsonb rejects NUL characters and does not preserve numbers as
 * written.
 */
export const tablesSql = `
CREATE TABLE IF NOT EXISTS meta (
  id int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  schema_version int NOT NULL,
  registry_version bigint NOT NULL DEFAULT 1
);

CREATE TABLE IF NOT EXISTS app (
  id text PRIMARY KEY, url text NOT NULL, sdk text NOT NULL DEFAULT '',
  framework text NOT NULL DEFAULT '', checksum text NOT NULL, updated_at bigint NOT NULL
);

-- A function keeps its row when its app no longer registers it, so that its runs stay readable.
CREATE TABLE IF NOT EXISTS fn (
  id text PRIMARY KEY, app_id text NOT NULL REFERENCES app, uuid text NOT NULL,
  name text NOT NULL, url text NOT NULL, config text NOT NULL, active boolean NOT NULL DEFAULT true,
  updated_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS fn_trigger (fn_id text NOT NULL REFERENCES fn, event text NOT NULL);
CREATE INDEX IF NOT EXISTS fn_trigger_event ON fn_trigger (event);

CREATE TABLE IF NOT EXISTS event (
  id text PRIMARY KEY, name text NOT NULL, custom_id text, ts bigint NOT NULL,
  received_at bigint NOT NULL, body text NOT NULL
);
CREATE INDEX IF NOT EXISTS event_received ON event (received_at);

-- Accepted events that were not fanned out yet, in the order of acceptance.
CREATE TABLE IF NOT EXISTS inbox (
  seq bigserial PRIMARY KEY, event_id text NOT NULL, failures int NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS run (
  id text PRIMARY KEY, fn_id text NOT NULL, status text NOT NULL DEFAULT 'queued',
  event_name text NOT NULL, events text[] NOT NULL, created_at bigint NOT NULL, run_at bigint NOT NULL,
  started_at bigint, ended_at bigint, score bigint NOT NULL, max_attempts int NOT NULL,
  seq int NOT NULL DEFAULT 0, bytes bigint NOT NULL DEFAULT 0,
  plan boolean NOT NULL DEFAULT false, version int NOT NULL DEFAULT -1,
  ckeys text[] NOT NULL DEFAULT '{}', climits int[] NOT NULL DEFAULT '{}',
  singleton_key text, parent_run text, parent_step text, output text, error text,
  -- The run by which a person started it again.
  again_as text
);
CREATE INDEX IF NOT EXISTS run_recent ON run (created_at DESC);
CREATE INDEX IF NOT EXISTS run_status ON run (status, created_at DESC);
CREATE INDEX IF NOT EXISTS run_completed ON run (ended_at) WHERE status = 'completed';
CREATE INDEX IF NOT EXISTS run_not_completed ON run (ended_at)
  WHERE status <> 'completed' AND ended_at IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS run_singleton ON run (singleton_key)
  WHERE ended_at IS NULL AND singleton_key IS NOT NULL;

CREATE TABLE IF NOT EXISTS step (
  run_id text NOT NULL, id text NOT NULL, seq int, op text NOT NULL, name text NOT NULL DEFAULT '',
  done boolean NOT NULL, race boolean NOT NULL DEFAULT false, result text,
  created_at bigint NOT NULL, ended_at bigint, PRIMARY KEY (run_id, id)
);

CREATE TABLE IF NOT EXISTS pause (
  id text PRIMARY KEY, kind text NOT NULL, run_id text NOT NULL, step_id text,
  event_name text NOT NULL, expression text, match_path text NOT NULL DEFAULT '',
  match_value text NOT NULL DEFAULT '', expires_at bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS pause_match ON pause (event_name, match_path, md5(match_value));
CREATE INDEX IF NOT EXISTS pause_run ON pause (run_id);
-- Which fields pauses on an event compare; as bounded as the code that waits.
CREATE TABLE IF NOT EXISTS pause_path (
  event_name text NOT NULL, match_path text NOT NULL, PRIMARY KEY (event_name, match_path)
);

-- state: future (not due) -> ready -> leased, or parked on a full concurrency key.
CREATE TABLE IF NOT EXISTS job (
  id text PRIMARY KEY, kind text NOT NULL, run_id text, fn_id text, step_id text,
  state text NOT NULL, run_at bigint NOT NULL, score bigint NOT NULL,
  attempt int NOT NULL DEFAULT 0, max_attempts int NOT NULL DEFAULT 1,
  losses int NOT NULL DEFAULT 0, unreachable_since bigint, again boolean NOT NULL DEFAULT false,
  token text, owner text, lease_until bigint, claimed_at bigint, park_key text,
  ckeys text[] NOT NULL DEFAULT '{}', climits int[] NOT NULL DEFAULT '{}',
  payload text, last_error text
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
CREATE INDEX IF NOT EXISTS job_future ON job (run_at) WHERE state = 'future';
CREATE INDEX IF NOT EXISTS job_ready ON job (score, id) WHERE state = 'ready';
CREATE INDEX IF NOT EXISTS job_parked ON job (park_key, score, id) WHERE state = 'parked';
CREATE INDEX IF NOT EXISTS job_leased ON job (lease_until) WHERE state = 'leased';
CREATE INDEX IF NOT EXISTS job_run ON job (run_id);

-- One row for each concurrency key an executing job holds: there are at most as many as the limit.
CREATE TABLE IF NOT EXISTS slot (
  job_id text NOT NULL, key text NOT NULL, run_id text, PRIMARY KEY (key, job_id)
);
CREATE INDEX IF NOT EXISTS slot_job ON slot (job_id);

-- What started a run within a day, by a hash: there may be millions.
CREATE TABLE IF NOT EXISTS dedup (key uuid PRIMARY KEY, expires_at bigint NOT NULL);
CREATE INDEX IF NOT EXISTS dedup_expiry ON dedup (expires_at);
-- GCRA: the theoretical arrival time of a throttle or rate limit key.
CREATE TABLE IF NOT EXISTS bucket (key text PRIMARY KEY, tat bigint NOT NULL);
CREATE INDEX IF NOT EXISTS bucket_tat ON bucket (tat);
CREATE TABLE IF NOT EXISTS debounce (
  key text PRIMARY KEY, fn_id text NOT NULL, event text NOT NULL, due bigint NOT NULL,
  deadline bigint
);
CREATE TABLE IF NOT EXISTS batch (
  key text PRIMARY KEY, id text NOT NULL, fn_id text NOT NULL, events text[] NOT NULL,
  due bigint NOT NULL
);

-- A live engine process and the database session it listens on.
CREATE TABLE IF NOT EXISTS worker (
  id text PRIMARY KEY, pid int NOT NULL, session_start timestamptz NOT NULL, seen_at bigint NOT NULL
);
`;
