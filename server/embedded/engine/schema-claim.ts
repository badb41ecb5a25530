/**
 * The functions that move a job between its states. Whoever waits for several locks takes them in
 * one order: run rows (by id), job rows, then the advisory locks of concurrency keys, last.
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
CREATE OR REPLACE FUNCTION claim_with_runs(p_now bigint, p_lease bigint, p_owner text, p_max int)
RETURNS TABLE (id text, kind text, run_id text, fn_id text, step_id text, run_at bigint,
  score bigint, attempt int, max_attempts int, unreachable_since bigint, token text,
  claimed_at bigint, payload text, events text[], plan boolean, version int, bytes bigint,
  steps text, stack text[]) LANGUAGE plpgsql AS $$
DECLARE claimed job[];
BEGIN
  -- A claim lost in a crash of the database is a job taken again: it need not wait for the disk.
  SET LOCAL synchronous_commit = off;
  SELECT array_agg(c) INTO claimed FROM claim(p_now, p_lease, p_owner, p_max) c;
  RETURN QUERY SELECT c.id, c.kind, c.run_id, c.fn_id, c.step_id, c.run_at, c.score, c.attempt,
    c.max_attempts, c.unreachable_since, c.token, c.claimed_at, c.payload, r.events, r.plan,
    r.version, r.bytes, s.steps, s.stack
  FROM unnest(claimed) c LEFT JOIN run r ON r.id = c.run_id
  LEFT JOIN LATERAL (
    SELECT string_agg('"' || step.id || '":' || step.result, ',' ORDER BY step.seq) AS steps,
      array_agg(step.id ORDER BY step.seq) AS stack
    FROM step WHERE step.run_id = c.run_id AND step.done) s ON c.kind = 'call'
  ORDER BY c.score, c.id;
END $$;

-- Returns jobs whose lease ran out, or whose owner is gone, to the queue.
CREATE OR REPLACE FUNCTION expire_leases(p_now bigint, p_dead text[], p_free int)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE ids text[];
BEGIN
  SELECT array_agg(x.id) INTO ids FROM (
    SELECT id FROM job WHERE state = 'leased' AND (lease_until < p_now OR owner = ANY(p_dead))
    ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED) x;
  IF ids IS NULL THEN RETURN 0; END IF;
  UPDATE job SET state = 'ready', token = NULL, owner = NULL, lease_until = NULL,
    losses = losses + 1, attempt = attempt + (losses >= p_free)::int WHERE id = ANY(ids);
  PERFORM free_slots(ids);
  RETURN cardinality(ids);
END $$;

-- The backstop for wake-ups that were lost: as many waiters as there are free slots.
CREATE OR REPLACE FUNCTION sweep_parked() RETURNS void LANGUAGE plpgsql AS $$
DECLARE k record;
BEGIN
  FOR k IN
    -- One step from key to key through the index, however many jobs wait for each.
    WITH RECURSIVE keys AS (
      SELECT min(park_key) AS key FROM job WHERE state = 'parked'
      UNION ALL SELECT (SELECT min(park_key) FROM job WHERE state = 'parked' AND park_key > keys.key)
      FROM keys WHERE keys.key IS NOT NULL)
    SELECT keys.key, l.lim FROM keys
    JOIN LATERAL (SELECT ckeys, climits FROM job WHERE state = 'parked' AND park_key = keys.key LIMIT 1) p
      ON true, unnest(p.ckeys, p.climits) l(ck, lim) WHERE l.ck = keys.key
  LOOP
    PERFORM unpark(k.key, greatest(0, k.lim - (SELECT count(*)::int FROM slot WHERE key = k.key)));
  END LOOP;
END $$;
`;
