import { pool } from '../db';

export type EngineState = 'registering' | 'registered' | 'forgotten' | 'unreachable';

/**
 * The engine's registration state; all times are the database's, so that processes agree on them.
 */
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

/** The columns of `engine_link` from which `EngineLink` is read. */
export const LINK_COLUMNS = `state::text AS state, state_since AS "stateSince", last_error AS "lastError", fingerprint,
  registration_started_at AS "registrationStartedAt", registered_at AS "registeredAt",
  called_at AS "calledAt", probed_at AS "probedAt", clock_timestamp() AS now`;

/** Creates the row that processes lease, if missing. */
export async function ensureEngineLink(): Promise<void> {
  await pool().query(
    'INSERT INTO engine_link (id, state_since) VALUES (1, clock_timestamp()) ON CONFLICT DO NOTHING',
  );
}

/** Null until a process has contacted the engine for the first time. */
export async function findEngineLink(): Promise<EngineLink | null> {
  const { rows } = await pool().query<EngineLink>(
    `SELECT ${LINK_COLUMNS} FROM engine_link WHERE id = 1`,
  );
  return rows[0] ?? null;
}

/** Releases the lease, so that another process can take over at once. */
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

export async function noteProbe(): Promise<void> {
  await pool().query('UPDATE engine_link SET probed_at = clock_timestamp() WHERE id = 1');
}

/** Until `endRegistration`, calls do not prove that events were understood. */
export async function beginRegistration(): Promise<void> {
  await pool().query(
    'UPDATE engine_link SET registration_started_at = clock_timestamp() WHERE id = 1',
  );
}

/** Records that the engine knows the jobs, if the registration succeeded. */
export async function endRegistration(wasTold: boolean): Promise<void> {
  await pool().query(
    `UPDATE engine_link SET registration_started_at = NULL,
       registered_at = CASE WHEN $1 THEN clock_timestamp() ELSE registered_at END
     WHERE id = 1`,
    [wasTold],
  );
}

/** Records the fingerprint of the registered jobs. */
export async function setFingerprint(fingerprint: string): Promise<void> {
  await pool().query('UPDATE engine_link SET fingerprint = $1 WHERE id = 1', [fingerprint]);
}
