import type { Queryable } from './database';
import { foldMeta } from './event-meta';
import { type IdSeed, newUlid, seededUlid } from './ids';
import { limits } from './limits';
import { isStorable } from './storable-text';

/** An event that is not acceptable; the message is the real server's, where it has one. */
export class RefusedEvent extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedEvent';
  }
}

interface AcceptedEvent {
  id: string;
  name: string;
  customId: string | null;
  ts: number;
  body: string;
}

const earliestTs = Date.UTC(1980, 0, 1);

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

function readEvent(
  item: unknown,
  id: string,
  nowMs: number,
  timeOf: (ts: number) => number,
): AcceptedEvent {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new RefusedEvent(`json: cannot unmarshal ${typeof item} into an event`);
  }
  const { name, data, user, ts, v, id: customId, meta } = item as Record<string, unknown>;
  const eventName = readName(name);
  requireType('data', data, 'object', 'map[string]interface {}');
  requireType('user', user, 'object', 'map[string]interface {}');
  requireType('ts', ts, 'number', 'int64');
  requireType('v', v, 'string', 'string');
  requireType('id', customId, 'string', 'string');
  requireType('meta', meta, 'object', 'event.Meta');
  for (const text of [eventName, customId]) {
    if (typeof text === 'string' && !isStorable(text)) {
      throw new RefusedEvent('event name and id must be valid text without a NUL character');
    }
  }
  if (typeof ts === 'number' && ts !== 0 && ts < earliestTs) {
    throw new RefusedEvent('timestamp is before Jan 1, 1980');
  }
  const own = typeof customId === 'string' && customId !== '' ? customId : null;
  const at = typeof ts === 'number' && ts > 0 ? timeOf(Math.trunc(ts)) : nowMs;
  const body = JSON.stringify({
    data: data ?? {},
    id: own ?? id,
    name: eventName,
    ts: at,
    user: user ?? {},
    ...(v ? { v } : {}),
    ...foldMeta(meta),
  });
  requireSize(item, body);
  return { id, name: eventName, customId: own, ts: at, body };
}

function readName(name: unknown): string {
  requireType('name', name, 'string', 'string');
  const text = typeof name === 'string' ? name : '';
  if (text === '') throw new RefusedEvent('event name is empty');
  if (text.startsWith('inngest/')) {
    throw new RefusedEvent(`event name is reserved for internal use: ${text}`);
  }
  return text;
}

function requireType(field: string, value: unknown, wanted: string, goType: string): void {
  if (value === undefined || value === null) return;
  const found = Array.isArray(value) ? 'array' : typeof value;
  if (found === wanted) return;
  throw new RefusedEvent(
    `json: cannot unmarshal ${found} into Go struct field raw.${field} of type ${goType}`,
  );
}

function requireSize(item: object, body: string): void {
  // A character takes at most three bytes in UTF-8, so most events need no exact count.
  if (body.length * 3 < limits.eventBytes) return;
  const size = Buffer.byteLength(JSON.stringify(item));
  if (size > limits.eventBytes) {
    throw new RefusedEvent(
      `Event is over the max size: Max ${limits.eventBytes} bytes / Size ${size} bytes`,
    );
  }
}
