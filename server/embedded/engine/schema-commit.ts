import { limits } from './limits';

/**
 * Applies effects to a run in one function: the executor describes the effects of a response, and
 * this applies them under the run's lock if the job's lease is still valid.
 */
export const commitSql = `
CREATE OR REPLACE FUNCTION insert_next(r run, p_now bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO job (id, kind, run_id, fn_id, step_id, state, run_at, score, max_attempts, ckeys, climits)
  VALUES (r.id || ':next', 'call', r.id, r.fn_id, 'step', 'ready', p_now, r.score, r.max_attempts,
    r.ckeys, r.climits)
  ON CONFLICT (id) DO UPDATE SET again = true WHERE job.state = 'leased';
$$;

-- Queues an event about the run's end, where a function or a waiting run wants it; says whether.
CREATE OR REPLACE FUNCTION emit(r run, p_name text, p_extra text, p_status text, p_now bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE v_id text := r.id || ':' || p_name; v_full text := 'inngest/function.' || p_name;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM fn_trigger WHERE event = v_full
       OR (event LIKE 'inngest%*' AND starts_with(v_full, rtrim(event, '*'))))
     AND NOT EXISTS (SELECT 1 FROM pause WHERE event_name = v_full) THEN RETURN false; END IF;
  INSERT INTO event (id, name, custom_id, ts, received_at, body) VALUES (v_id, v_full, r.id, p_now, p_now,
    '{"data":{"_inngest":{"status":"' || p_status || '"},"event":' || r.events[1] || ',"events":['
    || array_to_string(r.events, ',') || '],"function_id":' || to_json(r.fn_id)::text || ',"run_id":"'
    || r.id || '"' || p_extra || '},"id":"' || r.id || '","name":"' || v_full || '","ts":' || p_now
    || ',"user":{}}') ON CONFLICT DO NOTHING;
  IF FOUND THEN INSERT INTO inbox (event_id) VALUES (v_id); END IF;
  RETURN true;
END $$;

-- Ends the run; p_finish is {status, output?, error?}, both JSON text. Says whether it queued an event.
CREATE OR REPLACE FUNCTION finish_run(r run, p_finish jsonb, p_now bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE v_status text := p_finish->>'status'; v_error text := coalesce(p_finish->>'error', 'null');
  v_output text := coalesce(p_finish->>'output', 'null'); emitted boolean;
BEGIN
  UPDATE run SET status = v_status, output = p_finish->>'output', error = p_finish->>'error',
    ended_at = p_now, started_at = r.started_at, seq = r.seq, bytes = r.bytes WHERE id = r.id;
  DELETE FROM job WHERE run_id = r.id;
  DELETE FROM pause WHERE run_id = r.id;
  IF v_status = 'cancelled' THEN
    emitted := emit(r, 'cancelled', '', 'Cancelled', p_now);
  ELSIF v_status = 'failed' THEN
    emitted := emit(r, 'failed', ',"error":' || v_error || ',"result":null', 'Failed', p_now);
    emitted := emit(r, 'finished', ',"error":' || v_error || ',"result":null', 'Failed', p_now) OR emitted;
  ELSE
    emitted := emit(r, 'finished', ',"result":' || v_output, 'Completed', p_now);
  END IF;
  IF r.parent_run IS NOT NULL THEN
    INSERT INTO job (id, kind, run_id, step_id, state, run_at, score, payload) VALUES
      ('resume:' || r.id, 'resume', r.parent_run, r.parent_step, 'ready', p_now, p_now - 1000000000,
       CASE WHEN v_status = 'completed' THEN '{"data":' || v_output || '}'
            ELSE '{"error":' || v_error || '}' END) ON CONFLICT DO NOTHING;
  END IF;
  RETURN emitted;
END $$;

-- A step that awaits something: p_step carries its job (the timer) and its pause, either optional.
CREATE OR REPLACE FUNCTION add_pending(r run, p_step jsonb, p_now bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE v_job jsonb := p_step->'job'; v_pause jsonb := p_step->'pause'; v_call boolean;
BEGIN
  INSERT INTO step (run_id, id, op, name, done, race, created_at) VALUES (r.id, p_step->>'id',
    p_step->>'op', coalesce(p_step->>'name', ''), false, coalesce((p_step->>'race')::boolean, false), p_now)
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  IF v_job IS NOT NULL THEN
    v_call := v_job->>'kind' = 'call';
    INSERT INTO job (id, kind, run_id, fn_id, step_id, state, run_at, score, max_attempts, ckeys, climits, payload)
    VALUES (v_job->>'id', v_job->>'kind', r.id, r.fn_id, p_step->>'id',
      CASE WHEN (v_job->>'runAt')::bigint <= p_now THEN 'ready' ELSE 'future' END, (v_job->>'runAt')::bigint,
      CASE WHEN v_call THEN r.score ELSE (v_job->>'runAt')::bigint - 1000000000 END, r.max_attempts,
      CASE WHEN v_call THEN r.ckeys ELSE '{}' END, CASE WHEN v_call THEN r.climits ELSE '{}' END,
      v_job->>'payload') ON CONFLICT DO NOTHING;
  END IF;
  IF v_pause IS NOT NULL THEN
    -- The run that waited for the signal before keeps its time-out only.
    IF v_pause->>'conflict' = 'replace' THEN
      DELETE FROM pause WHERE kind = 'signal' AND event_name = v_pause->>'eventName';
    END IF;
    INSERT INTO pause (id, kind, run_id, step_id, event_name, expression, match_path, match_value, expires_at)
    VALUES (v_pause->>'id', v_pause->>'kind', r.id, p_step->>'id', v_pause->>'eventName',
      v_pause->>'expression', coalesce(v_pause->>'matchPath', ''), coalesce(v_pause->>'matchValue', ''),
      (v_pause->>'expiresAt')::bigint) ON CONFLICT DO NOTHING;
    INSERT INTO pause_path VALUES (v_pause->>'eventName', coalesce(v_pause->>'matchPath', ''))
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN true;
END $$;

-- One effect. Answers full (a checkpoint that goes over the run's limits), ok, emitted (and events wait in the inbox), stale (the lease is gone), ended (the run is over) or noop (nothing new).
CREATE OR REPLACE FUNCTION apply_effect(e jsonb, p_now bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r run; j job; s jsonb; v_race boolean; v_op text; changed boolean := false;
  finished boolean := false; race_done boolean := false; slept boolean := false; pending boolean;
BEGIN
  SELECT * INTO r FROM run WHERE id = e->>'run' FOR UPDATE;
  IF e ? 'job' THEN
    SELECT * INTO j FROM job WHERE id = e->>'job' AND token = e->>'token' FOR UPDATE;
    IF NOT FOUND THEN RETURN 'stale'; END IF;
  END IF;
  IF r.id IS NULL OR r.ended_at IS NOT NULL THEN
    DELETE FROM job WHERE id = j.id;
    RETURN 'ended';
  END IF;
  IF e ? 'retry' THEN
    UPDATE job SET state = CASE WHEN (e->'retry'->>'runAt')::bigint <= p_now THEN 'ready' ELSE 'future' END,
      run_at = (e->'retry'->>'runAt')::bigint, attempt = (e->'retry'->>'attempt')::int, token = NULL,
      owner = NULL, lease_until = NULL, last_error = e->'retry'->>'error',
      unreachable_since = (e->'retry'->>'unreachableSince')::bigint WHERE id = j.id;
    IF r.started_at IS NULL AND e ? 'startedAt' THEN
      UPDATE run SET started_at = (e->>'startedAt')::bigint, status = 'running' WHERE id = r.id;
    END IF;
    RETURN 'ok';
  END IF;

  IF e ? 'keep' AND (r.seq + jsonb_array_length(e->'steps') > ${limits.stepsPerRun}
      OR r.bytes + length(e->>'steps') > ${limits.stateBytes}) THEN RETURN 'full'; END IF;
  r.started_at := coalesce(r.started_at, (e->>'startedAt')::bigint);
  FOR s IN SELECT value FROM jsonb_array_elements(coalesce(e->'steps', '[]')) LOOP
    IF s->'pause'->>'conflict' = 'fail' AND EXISTS (SELECT 1 FROM pause WHERE kind = 'signal'
        AND event_name = s->'pause'->>'eventName' AND run_id <> r.id) THEN
      s := s || jsonb_build_object('state', 'done', 'result',
        '{"error":{"name":"Error","message":"Another run waits for this signal already."}}');
    END IF;
    IF s->>'state' = 'pending' THEN
      changed := add_pending(r, s, p_now) OR changed;
      CONTINUE;
    END IF;
    v_race := NULL;
    v_op := NULL;
    IF s->>'state' = 'resumed' THEN
      UPDATE step SET done = true, seq = r.seq + 1, result = s->>'result', ended_at = p_now
        WHERE run_id = r.id AND id = s->>'id' AND NOT done RETURNING race, op INTO v_race, v_op;
      IF v_race IS NOT NULL THEN
        DELETE FROM pause WHERE run_id = r.id AND step_id = s->>'id';
        DELETE FROM job WHERE run_id = r.id AND step_id = s->>'id' AND id IS DISTINCT FROM j.id;
      END IF;
    ELSE
      INSERT INTO step (run_id, id, seq, op, name, done, result, created_at, ended_at)
        VALUES (r.id, s->>'id', r.seq + 1, s->>'op', coalesce(s->>'name', ''), true, s->>'result',
          coalesce((e->>'startedAt')::bigint, p_now), p_now)
        ON CONFLICT (run_id, id) DO UPDATE SET done = true, seq = excluded.seq,
          result = excluded.result, ended_at = excluded.ended_at WHERE NOT step.done
        RETURNING race INTO v_race;
    END IF;
    IF v_race IS NOT NULL THEN
      r.seq := r.seq + 1;
      r.bytes := r.bytes + length(s->>'result');
      changed := true;
      finished := true;
      race_done := race_done OR v_race;
      slept := slept OR v_op IS NOT DISTINCT FROM 'Sleep';
    END IF;
  END LOOP;

  IF e ? 'finish' THEN
    RETURN CASE WHEN finish_run(r, e->'finish', p_now) THEN 'emitted' ELSE 'ok' END;
  END IF;
  pending := EXISTS (SELECT 1 FROM step WHERE run_id = r.id AND NOT done AND NOT race);
  IF e->>'next' = 'auto' AND NOT changed THEN
    IF j.kind = 'call' AND NOT j.again AND NOT EXISTS (SELECT 1 FROM step WHERE run_id = r.id AND NOT done)
      AND (SELECT count(*) FROM job WHERE run_id = r.id AND kind = 'call') <= 1 THEN RETURN 'noop'; END IF;
  END IF;
  -- A sleep that ends a group leaves planning on, as it does on the real server.
  r.plan := CASE WHEN e ? 'plan' THEN true
    WHEN finished AND NOT pending AND NOT race_done AND NOT slept THEN false ELSE r.plan END;
  UPDATE run SET started_at = r.started_at, seq = r.seq, bytes = r.bytes, plan = r.plan,
    status = CASE WHEN r.started_at IS NULL THEN r.status ELSE 'running' END,
    version = coalesce((e->>'version')::int, r.version) WHERE id = r.id;
  IF NOT (e ? 'keep') THEN
    DELETE FROM job WHERE id = j.id;
    IF j.again OR e->>'next' = 'always' OR (finished AND e->>'next' = 'auto' AND (race_done OR NOT pending)) THEN
      PERFORM insert_next(r, p_now);
    END IF;
  END IF;
  RETURN 'ok';
END $$;

-- Many effects in one transaction, sorted by run; slots are freed at the end (see the lock order).
CREATE OR REPLACE FUNCTION commit_effects(p_effects jsonb, p_now bigint) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE e jsonb; outcome text; outcomes text[] := '{}'; freed text[] := '{}';
BEGIN
  FOR e IN SELECT value FROM jsonb_array_elements(p_effects) LOOP
    outcome := apply_effect(e, p_now);
    outcomes := outcomes || outcome;
    IF outcome IN ('ok', 'emitted', 'ended') AND e ? 'job' AND NOT (e ? 'keep') THEN freed := freed || (e->>'job'); END IF;
    IF outcome IN ('ok', 'emitted') AND e ? 'finish' THEN
      freed := freed || ARRAY(SELECT job_id FROM slot WHERE run_id = e->>'run');
    END IF;
  END LOOP;
  IF freed <> '{}' THEN PERFORM free_slots(freed); END IF;
  RETURN outcomes;
END $$;

-- commit_effects, and the jobs that the workers whom it frees do next. A claim locks concurrency keys;
-- where the effects freed slots it would do so out of order, so that only what waits is reported.
CREATE OR REPLACE FUNCTION commit_and_take(p_effects jsonb, p_now bigint, p_lease bigint, p_owner text,
  p_max int, OUT outcomes text[], OUT jobs json, OUT ready boolean, OUT due bigint)
LANGUAGE plpgsql AS $$
DECLARE frees boolean;
BEGIN
  frees := EXISTS (SELECT 1 FROM slot WHERE run_id IN
    (SELECT value->>'run' FROM jsonb_array_elements(p_effects)));
  outcomes := commit_effects(p_effects, p_now);
  SELECT t.jobs, t.ready, t.due INTO jobs, ready, due
  FROM take(p_now, p_lease, p_owner, CASE WHEN frees THEN 0 ELSE p_max END) t;
END $$;
`;
