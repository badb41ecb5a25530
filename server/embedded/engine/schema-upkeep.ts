/** An engine process's periodic maintenance in one statement, and the deletion of expired rows. */
export const upkeepSql = `
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

-- One look of a process: says that it lives, returns the jobs of those that do not, wakes what was
-- left parked, and reports what there is to do. A process is dead once its session has ended and
-- p_grace has passed since it was last seen.
CREATE OR REPLACE FUNCTION upkeep(p_now bigint, p_me text, p_grace bigint, p_free int,
  OUT alone boolean, OUT registry bigint, OUT arrived boolean, OUT leased boolean, OUT ready boolean,
  OUT due bigint) LANGUAGE plpgsql AS $$
DECLARE dead text[];
BEGIN
  SET LOCAL synchronous_commit = off;
  UPDATE worker SET seen_at = p_now WHERE id = p_me;
  alone := NOT EXISTS (SELECT 1 FROM worker WHERE id <> p_me);
  IF NOT alone THEN
    SELECT array_agg(w.id) INTO dead FROM worker w
    LEFT JOIN pg_stat_activity a ON a.pid = w.pid AND a.backend_start = w.session_start
    WHERE w.id <> p_me AND a.pid IS NULL AND w.seen_at < p_now - p_grace;
  END IF;
  PERFORM expire_leases(p_now, coalesce(dead, '{}'), p_free);
  -- Forgotten are those whose jobs were all returned.
  IF dead IS NOT NULL THEN
    DELETE FROM worker WHERE id IN (SELECT id FROM worker WHERE id = ANY(dead) AND NOT EXISTS
      (SELECT 1 FROM job WHERE state = 'leased' AND owner = worker.id) FOR UPDATE SKIP LOCKED);
  END IF;
  PERFORM sweep_parked();
  SELECT registry_version INTO registry FROM meta;
  arrived := EXISTS (SELECT 1 FROM inbox);
  leased := EXISTS (SELECT 1 FROM job WHERE state = 'leased');
  ready := EXISTS (SELECT 1 FROM job WHERE state = 'ready');
  due := (SELECT min(run_at) FROM job WHERE state = 'future');
END $$;

-- Deletes at most p_size rows of each kind: completed runs that ended before p_completed, others that
-- ended before p_others, with their steps, events received before p_events, waits that expired before
-- p_waits, dedup keys and buckets that ran out. Answers whether there may be more; while another
-- process deletes there is nothing to do.
CREATE OR REPLACE FUNCTION delete_old(p_now bigint, p_completed bigint, p_others bigint, p_events bigint,
  p_waits bigint, p_size int) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE ids text[]; n int; most int;
BEGIN
  IF NOT pg_try_advisory_xact_lock(7302, hashtext(current_schema() || 'retention')) THEN
    RETURN false;
  END IF;
  SET LOCAL synchronous_commit = off;
  ids := ARRAY(SELECT id FROM run WHERE status = 'completed' AND ended_at < p_completed
    ORDER BY ended_at LIMIT p_size);
  most := cardinality(ids);
  ids := ids || ARRAY(SELECT id FROM run WHERE status <> 'completed' AND ended_at < p_others
    ORDER BY ended_at LIMIT p_size);
  most := greatest(most, cardinality(ids) - most);
  DELETE FROM run WHERE id = ANY(ids);
  DELETE FROM step WHERE run_id = ANY(ids);
  DELETE FROM event WHERE id IN (SELECT id FROM event WHERE received_at < p_events
    AND NOT EXISTS (SELECT 1 FROM inbox WHERE event_id = event.id) ORDER BY received_at LIMIT p_size);
  GET DIAGNOSTICS n = ROW_COUNT;
  most := greatest(most, n);
  DELETE FROM dedup WHERE key IN (SELECT key FROM dedup WHERE expires_at < p_now
    ORDER BY expires_at LIMIT p_size FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS n = ROW_COUNT;
  most := greatest(most, n);
  DELETE FROM bucket WHERE key IN (SELECT key FROM bucket WHERE tat < p_now
    ORDER BY tat LIMIT p_size FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS n = ROW_COUNT;
  most := greatest(most, n);
  DELETE FROM pause WHERE id IN (SELECT id FROM pause WHERE expires_at < p_waits LIMIT p_size);
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN greatest(most, n) >= p_size;
END $$;
`;
