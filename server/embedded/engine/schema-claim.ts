/**
 * The functions that move a job between its states. Code that takes several locks takes them in one
 * order: run rows (by id), job rows, then the advisory locks of concurrency keys, last.
 */
export const claimSql = `
-- Serializes everybody who counts or frees slots of these keys, until the transaction ends.
CREATE OR REPLACE FUNCTION lock_keys(p_keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE k int;
BEGIN
  FOR k IN SELECT DISTINCT hashtext(current_schema() || x) FROM unnest(p_keys) x ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(7301, k);
  END LOOP;
END $$;

-- Makes the best job that waits for the key ready again.
CREATE OR REPLACE FUNCTION unpark(p_key text, p_count int) RETURNS void LANGUAGE sql AS $$
  UPDATE job SET state = 'ready', park_key = NULL WHERE id IN (
    SELECT id FROM job WHERE state = 'parked' AND park_key = p_key
    ORDER BY score, id LIMIT p_count FOR UPDATE SKIP LOCKED);
$$;

-- Frees the slots of these jobs and wakes one waiter for each.
CREATE OR REPLACE FUNCTION free_slots(p_jobs text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE k text; keys text[];
BEGIN
  SELECT array_agg(DISTINCT key) INTO keys FROM slot WHERE job_id = ANY(p_jobs);
  IF keys IS NULL THEN RETURN; END IF;
  PERFORM lock_keys(keys);
  FOR k IN DELETE FROM slot WHERE job_id = ANY(p_jobs) RETURNING key LOOP
    PERFORM unpark(k, 1);
  END LOOP;
END $$;

-- Takes slots for one job, or parks it on the first full key. The keys are locked already.
CREATE OR REPLACE FUNCTION take_slots(p_job job) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE i int; k text;
BEGIN
  FOR i IN 1 .. cardinality(p_job.ckeys) LOOP
    IF (SELECT count(*) FROM slot WHERE key = p_job.ckeys[i]) >= p_job.climits[i] THEN
      UPDATE job SET state = 'parked', park_key = p_job.ckeys[i] WHERE id = p_job.id;
      -- It may have been woken for a slot of another key: hand that on.
      FOREACH k IN ARRAY p_job.ckeys LOOP
        IF k <> p_job.ckeys[i] THEN PERFORM unpark(k, 1); END IF;
      END LOOP;
      RETURN false;
    END IF;
  END LOOP;
  INSERT INTO slot (job_id, key, run_id)
    SELECT p_job.id, k2, p_job.run_id FROM unnest(p_job.ckeys) k2 ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION promote_due(p_now bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE job SET state = 'ready' WHERE id IN (
    SELECT id FROM job WHERE state = 'future' AND run_at <= p_now
    ORDER BY run_at LIMIT 500 FOR UPDATE SKIP LOCKED);
$$;

-- Leases up to p_max due jobs; the lease ends at p_now + p_lease unless it is renewed.
CREATE OR REPLACE FUNCTION claim(p_now bigint, p_lease bigint, p_owner text, p_max int)
RETURNS SETOF job LANGUAGE plpgsql AS $$
DECLARE ids text[]; keys text[]; taken text[]; j job; claimed int := 0; got int; rounds int := 0;
BEGIN
  PERFORM promote_due(p_now);
  LOOP
    SELECT array_agg(c.id) INTO ids FROM (
      SELECT id FROM job WHERE state = 'ready' ORDER BY score, id
      LIMIT p_max - claimed FOR UPDATE SKIP LOCKED) c;
    EXIT WHEN ids IS NULL;
    taken := ids;
    SELECT array_agg(DISTINCT k) INTO keys FROM job, unnest(job.ckeys) k WHERE job.id = ANY(ids);
    IF keys IS NOT NULL THEN
      PERFORM lock_keys(keys);
      FOR j IN SELECT * FROM job WHERE id = ANY(ids) AND ckeys <> '{}' ORDER BY score, id LOOP
        IF NOT take_slots(j) THEN taken := array_remove(taken, j.id); END IF;
      END LOOP;
    END IF;
    RETURN QUERY UPDATE job SET state = 'leased', token = gen_random_uuid()::text,
      owner = p_owner, lease_until = p_now + p_lease, claimed_at = p_now
      WHERE id = ANY(taken) RETURNING *;
    GET DIAGNOSTICS got = ROW_COUNT;
    claimed := claimed + got;
    rounds := rounds + 1;
    -- Locks gathered over several rounds could meet another claim's in another order.
    EXIT WHEN claimed >= p_max OR keys IS NOT NULL OR rounds > 3;
  END LOOP;
END $$;

-- claim, with what the executor needs of each job's run: its events, memoized steps and their order.
-- Also says whether more is ready, and when the next job falls due. p_max of 0 only looks.
CREATE OR REPLACE FUNCTION take(p_now bigint, p_lease bigint, p_owner text, p_max int,
  OUT jobs json, OUT ready boolean, OUT due bigint) LANGUAGE plpgsql AS $$
DECLARE claimed job[];
BEGIN
  IF p_max > 0 THEN
    SELECT array_agg(c) INTO claimed FROM claim(p_now, p_lease, p_owner, p_max) c;
  END IF;
  IF claimed IS NOT NULL THEN
    SELECT json_agg(json_build_object('id', c.id, 'kind', c.kind, 'run_id', c.run_id, 'fn_id', c.fn_id,
      'step_id', c.step_id, 'run_at', c.run_at, 'attempt', c.attempt, 'max_attempts', c.max_attempts,
      'unreachable_since', c.unreachable_since, 'token', c.token, 'claimed_at', c.claimed_at,
      'payload', c.payload, 'events', r.events, 'plan', r.plan, 'version', r.version, 'bytes', r.bytes,
      'steps', s.steps, 'stack', s.stack, 'registry_version', meta.registry_version)
      ORDER BY c.score, c.id) INTO jobs
    FROM unnest(claimed) c CROSS JOIN meta LEFT JOIN run r ON r.id = c.run_id
    LEFT JOIN LATERAL (
      SELECT string_agg('"' || step.id || '":' || step.result, ',' ORDER BY step.seq) AS steps,
        array_agg(step.id ORDER BY step.seq) AS stack
      FROM step WHERE step.run_id = c.run_id AND step.done) s ON c.kind = 'call';
  END IF;
  ready := EXISTS (SELECT 1 FROM job WHERE state = 'ready');
  due := (SELECT min(run_at) FROM job WHERE state = 'future');
END $$;

-- take, in a transaction of its own.
CREATE OR REPLACE FUNCTION take_jobs(p_now bigint, p_lease bigint, p_owner text, p_max int,
  OUT jobs json, OUT ready boolean, OUT due bigint) LANGUAGE plpgsql AS $$
BEGIN
  -- A claim lost in a crash of the database is a job taken again: it need not wait for the disk.
  SET LOCAL synchronous_commit = off;
  SELECT t.jobs, t.ready, t.due INTO jobs, ready, due FROM take(p_now, p_lease, p_owner, p_max) t;
END $$;
`;
