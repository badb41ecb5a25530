import { db, pool } from '../db';
import { newId } from '../ids';
import type { OutboxRow, OutgoingEvent } from './outbox-row';
import { deleteRows } from './outbox-table';

/**
 * An engine that does not know the jobs yet, or no longer, accepts events anyway and ignores them. So
 * accepted events are kept until one of the engine's calls shows that it knew the jobs, and are sent again
 * after each registration; the events' ids make that idempotent.
 */
export interface SentEvents {
  id: string;
  events: OutgoingEvent[];
}

/** Deletes delivered rows and keeps their events; sending took the last `sentMs` milliseconds. */
export async function settleRows(
  rows: readonly OutboxRow[],
  events: readonly OutgoingEvent[],
  sentMs: number,
): Promise<void> {
  if (events.length === 0) return deleteRows(db, rows);
  const ids = rows.map((row) => row.id);
  await pool().query(
    `WITH told AS (DELETE FROM outbox WHERE id = ANY ($1::uuid[]))
     INSERT INTO sent_events (id, events, sent_at, taken_at)
     VALUES ($2, $3, clock_timestamp() - make_interval(secs => $4), clock_timestamp())`,
    [ids, newId(), JSON.stringify(events), sentMs / 1_000],
  );
}

/** Deletes the events that the engine has demonstrably processed. */
export async function confirmSentEvents(): Promise<void> {
  await pool().query(
    `DELETE FROM sent_events AS sent USING engine_link AS link
     WHERE link.state = 'registered' AND link.registration_started_at IS NULL
       AND sent.taken_at < link.called_at AND sent.sent_at > link.registered_at`,
  );
}

/** The oldest events that were sent before the last registration, oldest first. */
export async function findEventsToRepeat(limit: number): Promise<SentEvents[]> {
  const { rows } = await pool().query<SentEvents>(
    `SELECT sent.id, sent.events FROM sent_events AS sent, engine_link AS link
     WHERE sent.sent_at <= link.registered_at ORDER BY sent.sent_at LIMIT $1`,
    [limit],
  );
  return rows;
}

/** Records that events were sent again, which took the last `sentMs` milliseconds. */
export async function noteRepeated(id: string, sentMs: number): Promise<void> {
  await pool().query(
    `UPDATE sent_events
     SET sent_at = clock_timestamp() - make_interval(secs => $2), taken_at = clock_timestamp()
     WHERE id = $1`,
    [id, sentMs / 1_000],
  );
}
