import { pool } from '../db';

export type EngineState = 'registering' | 'registered' | 'forgotten' | 'unreachable';

/** What is known of the engine; all times are the database's, so that processes agree on them. */
export interface EngineLink {
  state: EngineState;
  stateSince: Date;
  lastError: string | null;
  fingerprint: string | null;
  registrationStartedAt: Date | null;
  registeredAt: Date | null;
  calledAt: Date | null;
  probedAt: Date | null;
  now: Date;
}

const COLUMNS = `state::text AS state, state_since AS "stateSince", last_error AS "lastError", fingerprint,
  registration_started_at AS "registrationStartedAt", registered_at AS "registeredAt",
  called_at AS "calledAt", probed_at AS "probedAt", clock_timestamp() AS now`;

/** How long the holder may be away before another process takes over. */
const HELD_MS = 10_000;

/** Null until a process has looked for the engine for the first time. */
export async function findEngineLink(): Promise<EngineLink | null> {
  const { rows } = await pool().query<EngineLink>(
    `SELECT ${COLUMNS} FROM engine_link WHERE id = 1`,
  );
  return rows[0] ?? null;
}

/**
 * Makes this process the one that looks after the engine, or keeps it so. Null while another one is.
 * A process with other jobs than those registered (`fingerprint`) takes over with `seize`.
 */
export async function holdEngineLink(holder: string, seize: boolean): Promise<EngineLink | null> {
  await pool().query(
    'INSERT INTO engine_link (id, state_since) VALUES (1, clock_timestamp()) ON CONFLICT DO NOTHING',
  );
  const { rows } = await pool().query<EngineLink>(
    `UPDATE engine_link
     SET holder = $1::uuid, held_until = clock_timestamp() + make_interval(secs => $2)
     WHERE id = 1 AND ($3 OR holder = $1::uuid OR held_until IS NULL OR held_until < clock_timestamp())
     RETURNING ${COLUMNS}`,
    [holder, HELD_MS / 1_000, seize],
  );
  return rows[0] ?? null;
}

/** Lets another process take over at once. */
export async function releaseEngineLink(holder: string): Promise<void> {
  await pool().query('UPDATE engine_link SET held_until = NULL WHERE holder = $1::uuid', [holder]);
}

export async function setEngineState(state: EngineState, lastError: string | null): Promise<void> {
  await pool().query(
    `UPDATE engine_link SET state = $1::engine_state, last_error = $2,
       state_since = CASE WHEN state = $1::engine_state THEN state_since ELSE clock_timestamp() END
     WHERE id = 1`,
    [state, lastError?.slice(0, 500) ?? null],
  );
}

/** The engine called this app `ageMs` milliseconds ago. */
export async function noteEngineCall(ageMs: number): Promise<void> {
  await pool().query(
    `UPDATE engine_link
     SET called_at = GREATEST(called_at, clock_timestamp() - make_interval(secs => $1)) WHERE id = 1`,
    [ageMs / 1_000],
  );
}

export async function noteProbe(): Promise<void> {
  await pool().query('UPDATE engine_link SET probed_at = clock_timestamp() WHERE id = 1');
}

/** From here on, no call shows that events were understood, until `endRegistration`. */
export async function beginRegistration(): Promise<void> {
  await pool().query(
    'UPDATE engine_link SET registration_started_at = clock_timestamp() WHERE id = 1',
  );
}

/** The engine knows the jobs from here on at the latest, unless it was not told. */
export async function endRegistration(wasTold: boolean): Promise<void> {
  await pool().query(
    `UPDATE engine_link SET registration_started_at = NULL,
       registered_at = CASE WHEN $1 THEN clock_timestamp() ELSE registered_at END
     WHERE id = 1`,
    [wasTold],
  );
}

/** Names what the engine was told. */
export async function setFingerprint(fingerprint: string): Promise<void> {
  await pool().query('UPDATE engine_link SET fingerprint = $1 WHERE id = 1', [fingerprint]);
}
