/** Removes accepted events from the inbox, and bulk-inserts new runs. */
export const createSql = `
-- Locks the start of runs (see lock_starts) and takes the oldest events. Each row also tells the
-- registry's version and which fields the pauses on its event compare.
CREATE OR REPLACE FUNCTION take_inbox(p_size int)
RETURNS TABLE (id text, name text, custom_id text, ts bigint, body text, registry_version bigint,
  match_paths text[]) LANGUAGE plpgsql AS $$
DECLARE ids text[];
BEGIN
  PERFORM lock_starts();
  WITH taken AS (DELETE FROM inbox WHERE seq IN (SELECT seq FROM inbox ORDER BY seq LIMIT p_size)
    RETURNING seq, event_id)
  SELECT array_agg(event_id ORDER BY seq) INTO ids FROM taken;
  IF ids IS NULL THEN RETURN; END IF;
  RETURN QUERY SELECT e.id, e.name, e.custom_id, e.ts, e.body, m.registry_version,
    ARRAY(SELECT match_path FROM pause_path WHERE event_name = e.name)
  FROM unnest(ids) WITH ORDINALITY t(event_id, place) JOIN event e ON e.id = t.event_id, meta m
  ORDER BY t.place;
END $$;

-- One lock for everybody who starts runs, until the transaction ends.
CREATE OR REPLACE FUNCTION lock_starts() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7302, hashtext(current_schema() || 'starts'));
$$;

-- p_runs: [{id, fn, eventName, events, createdAt, runAt, score, maxAttempts, ckeys, climits, singleton,
--   parentRun, parentStep, startMs, finishMs, cancels: [{event, expression, matchPath, matchValue,
--   expiresAt}]}]. A run whose singleton key is taken is left out; answers the ids created.
CREATE OR REPLACE FUNCTION create_runs(p_runs jsonb, p_now bigint) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE created text[];
BEGIN
  WITH x AS (SELECT value v FROM jsonb_array_elements(p_runs)), ins AS (
    INSERT INTO run (id, fn_id, event_name, events, created_at, run_at, score, max_attempts, ckeys, climits,
      singleton_key, parent_run, parent_step)
    SELECT v->>'id', v->>'fn', v->>'eventName', ARRAY(SELECT jsonb_array_elements_text(v->'events')),
      (v->>'createdAt')::bigint, (v->>'runAt')::bigint, (v->>'score')::bigint, (v->>'maxAttempts')::int,
      ARRAY(SELECT jsonb_array_elements_text(v->'ckeys')),
      ARRAY(SELECT jsonb_array_elements_text(v->'climits')::int),
      v->>'singleton', v->>'parentRun', v->>'parentStep' FROM x
    ON CONFLICT DO NOTHING RETURNING *
  ), jobs AS (
    -- Where many wait for the key already, this one need not be looked at before it is its turn.
    INSERT INTO job (id, kind, run_id, fn_id, step_id, state, park_key, run_at, score, max_attempts,
      ckeys, climits)
    SELECT id || ':next', 'call', id, fn_id, 'step',
      CASE WHEN run_at > p_now THEN 'future' WHEN crowded THEN 'parked' ELSE 'ready' END,
      CASE WHEN run_at <= p_now AND crowded THEN ckeys[1] END,
      run_at, score, max_attempts, ckeys, climits
    FROM ins, LATERAL (SELECT count(*) >= 20 AS crowded FROM (SELECT 1 FROM job
      WHERE state = 'parked' AND park_key = ins.ckeys[1] LIMIT 20) waiting) c
  ) SELECT array_agg(id) INTO created FROM ins;
  IF created IS NULL THEN RETURN '{}'; END IF;

  INSERT INTO pause (id, kind, run_id, event_name, expression, match_path, match_value, expires_at)
  SELECT (v->>'id') || ':cancel:' || c.ordinality, 'cancel', v->>'id', c.value->>'event',
    c.value->>'expression', c.value->>'matchPath', c.value->>'matchValue', (c.value->>'expiresAt')::bigint
  FROM jsonb_array_elements(p_runs) x(v), jsonb_array_elements(v->'cancels') WITH ORDINALITY c
  WHERE v->>'id' = ANY(created);
  INSERT INTO pause_path SELECT DISTINCT c->>'event', c->>'matchPath'
  FROM jsonb_array_elements(p_runs) x(v), jsonb_array_elements(v->'cancels') c ON CONFLICT DO NOTHING;

  INSERT INTO job (id, kind, run_id, fn_id, state, run_at, score, payload)
  SELECT (v->>'id') || ':' || t.kind, t.kind, v->>'id', v->>'fn', 'future',
    (v->>'runAt')::bigint + t.ms, (v->>'runAt')::bigint + t.ms - 1000000000, t.ms::text
  FROM jsonb_array_elements(p_runs) x(v),
    LATERAL (VALUES ('start-timeout', (v->>'startMs')::bigint), ('finish-timeout', (v->>'finishMs')::bigint)) t(kind, ms)
  WHERE t.ms IS NOT NULL AND v->>'id' = ANY(created);
  RETURN created;
END $$;

-- Stores events that are not stored yet. Where nothing stands before them and nothing waits for
-- their names, their runs are created at once (p_runs: as for create_runs, each with its event and
-- its dedup keys, of which no two are the same), and the first jobs taken; otherwise they are put into
-- the inbox. p_runs is null where only a fan-out knows what becomes of them, and p_registry is the
-- version of the registry by which they were planned.
CREATE OR REPLACE FUNCTION accept_events(p_ids text[], p_names text[], p_customs text[], p_ts bigint[],
  p_bodies text[], p_now bigint, p_runs jsonb, p_registry bigint, p_dedup_until bigint, p_lease bigint,
  p_owner text, p_max int, OUT started boolean, OUT jobs json, OUT ready boolean, OUT due bigint)
LANGUAGE plpgsql AS $$
DECLARE stored text[]; fresh text[];
BEGIN
  started := false;
  WITH ins AS (INSERT INTO event (id, name, custom_id, ts, received_at, body)
    SELECT x.id, x.name, x.custom_id, x.ts, p_now, x.body
    FROM unnest(p_ids, p_names, p_customs, p_ts, p_bodies) AS x (id, name, custom_id, ts, body)
    ON CONFLICT DO NOTHING RETURNING id) SELECT array_agg(id) INTO stored FROM ins;
  IF stored IS NULL THEN RETURN; END IF;
  IF p_runs IS NULL OR NOT pg_try_advisory_xact_lock(7302, hashtext(current_schema() || 'starts'))
     OR EXISTS (SELECT 1 FROM inbox)
     OR NOT EXISTS (SELECT 1 FROM meta WHERE registry_version = p_registry)
     OR EXISTS (SELECT 1 FROM pause_path WHERE event_name = ANY(p_names)) THEN
    INSERT INTO inbox (event_id) SELECT x.id FROM unnest(p_ids) WITH ORDINALITY AS x (id, place)
      WHERE x.id = ANY(stored) ORDER BY x.place;
    RETURN;
  END IF;
  started := true;
  WITH ins AS (INSERT INTO dedup (key, expires_at)
    SELECT DISTINCT k::uuid, p_dedup_until FROM jsonb_array_elements(p_runs) x(v), jsonb_array_elements_text(v->'keys') k
    WHERE v->>'event' = ANY(stored) ORDER BY 1
    ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE dedup.expires_at <= p_now
    RETURNING key) SELECT coalesce(array_agg(key::text), '{}') INTO fresh FROM ins;
  PERFORM create_runs((SELECT jsonb_agg(v ORDER BY place)
    FROM jsonb_array_elements(p_runs) WITH ORDINALITY x(v, place) WHERE v->>'event' = ANY(stored)
      AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text(v->'keys') k WHERE k <> ALL(fresh))), p_now);
  SELECT t.jobs, t.ready, t.due INTO jobs, ready, due FROM take(p_now, p_lease, p_owner, p_max) t;
END $$;
`;
