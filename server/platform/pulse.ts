import { clock } from './clock';
import { pool } from './db';
import { type EngineLink, LINK_COLUMNS } from './engine-link';
import { nextRowSql } from './outbox';

/** Lease TTL of the engine's row: after this another process takes over. */
const HELD_SECONDS = 10;

export interface PulseRequest {
  /** The process's ID. */
  holder: string;
  /** Take the lease over from its holder if the fingerprint differs. */
  seizeFrom: string | null;
  /** Milliseconds since the engine last called this process; null if already recorded. */
  calledMs: number | null;
}

/** The result of a pulse. */
export interface Pulse {
  /** The engine's row, if this process holds the lease. */
  link: EngineLink | null;
  /** Milliseconds until an outbox row is due, 0 or less if it is; null without one. */
  rowDueMs: number | null;
  /** How long the oldest events have waited for a call that confirms them. */
  unconfirmedMs: number;
  /** Whether there are sent events to resend, or to delete. */
  hasRepeats: boolean;
  hasConfirmed: boolean;
  /** The number of app processes. */
  processes: number;
}

/**
 * Whether this process may take the lease: a condition on `engine_link`, used twice in the update.
 */
const MINE = `(holder = $1::uuid OR held_until IS NULL OR held_until < clock_timestamp()
  OR ($2::text IS NOT NULL AND fingerprint IS DISTINCT FROM $2))`;

const SQL = `
  WITH held AS (
    UPDATE engine_link
       SET called_at = GREATEST(called_at, clock_timestamp() - make_interval(secs => $3)),
           holder = CASE WHEN ${MINE} THEN $1::uuid ELSE holder END,
           held_until = CASE WHEN ${MINE} THEN clock_timestamp() + make_interval(secs => ${HELD_SECONDS})
             ELSE held_until END
     WHERE id = 1 AND ($3::float8 IS NOT NULL OR ${MINE})
    RETURNING holder, ${LINK_COLUMNS})
  SELECT CASE WHEN held.holder = $1::uuid THEN true ELSE false END AS "isHolder", held.*,
         extract(epoch FROM (${nextRowSql('$4')}) - $4::timestamptz)::float8 * 1000 AS "rowDueMs",
         COALESCE((SELECT extract(epoch FROM clock_timestamp() - min(taken_at))::float8 * 1000
                     FROM sent_events), 0) AS "unconfirmedMs",
         EXISTS (SELECT 1 FROM sent_events WHERE sent_at <= held."registeredAt") AS "hasRepeats",
         EXISTS (SELECT 1 FROM sent_events WHERE taken_at < held."calledAt"
           AND sent_at > held."registeredAt") AS "hasConfirmed",
         (SELECT count(*)::int FROM app_processes
           WHERE seen_at > clock_timestamp() - interval '1 minute') AS processes
    FROM (SELECT 1) AS once LEFT JOIN held ON true`;

type Row = Omit<Pulse, 'link'> & EngineLink & { isHolder: boolean };

/**
 * Everything a process polls from the database, in one statement: whether it holds the engine's
 * lease, and what there is to do for it and for the relay.
 */
export async function takePulse({ holder, seizeFrom, calledMs }: PulseRequest): Promise<Pulse> {
  const calledSeconds = calledMs === null ? null : calledMs / 1_000;
  const { rows } = await pool().query<Row>(SQL, [holder, seizeFrom, calledSeconds, clock.now()]);
  const [row] = rows;
  if (!row) throw new Error('A pulse answers one row.');
  const { isHolder, rowDueMs, unconfirmedMs, hasRepeats, hasConfirmed, processes, ...link } = row;
  return {
    link: isHolder ? link : null,
    ...{ rowDueMs, unconfirmedMs, hasRepeats, hasConfirmed, processes },
  };
}
