import type { Queryable } from './database';
import { type IdSeed, newUlid, seededUlid } from './ids';
import { limits } from './limits';
import { type AcceptedEvent, RefusedEvent, readEvent } from './read-event';

/**
 * Stores the events of one request and queues them for fan-out, in one statement; sending the same
 * request again (same seed) stores nothing new.
 * @param body the parsed request: one event or an array.
 * @param timeOf the engine's time for a time the sender gave.
 * @returns the events' ULIDs, in order.
 * @throws RefusedEvent; then nothing is stored.
 */
export async function acceptEvents(
  db: Queryable,
  body: unknown,
  seed: IdSeed | undefined,
  nowMs: number,
  timeOf: (ts: number) => number = (ts) => ts,
): Promise<string[]> {
  const list: unknown[] = Array.isArray(body) ? body : [body];
  if (list.length > limits.eventsPerRequest) {
    throw new RefusedEvent(`too many events: max ${limits.eventsPerRequest} a request`);
  }
  const events = list.map((item, index) =>
    readEvent(item, seed ? seededUlid(seed, index) : newUlid(nowMs), nowMs, timeOf),
  );
  if (events.length > 0) await storeEvents(db, events, nowMs);
  return events.map((event) => event.id);
}

async function storeEvents(db: Queryable, events: AcceptedEvent[], nowMs: number): Promise<void> {
  await db.query(
    `WITH stored AS (
       INSERT INTO event (id, name, custom_id, ts, received_at, body)
       SELECT id, name, custom_id, ts, $6, body
       FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
         AS x (id, name, custom_id, ts, body)
       ON CONFLICT DO NOTHING RETURNING id)
     INSERT INTO inbox (event_id)
     SELECT x.id FROM unnest($1::text[]) WITH ORDINALITY AS x (id, place)
     JOIN stored USING (id) ORDER BY x.place`,
    [
      events.map((event) => event.id),
      events.map((event) => event.name),
      events.map((event) => event.customId),
      events.map((event) => event.ts),
      events.map((event) => event.body),
      nowMs,
    ],
  );
}
