import { foldMeta, RefusedMeta } from './event-meta';
import { limits } from './limits';
import { isStorable } from './storable-text';

/** An invalid event; the message is the real server's, where it has one. */
export class RefusedEvent extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedEvent';
  }
}

export interface AcceptedEvent {
  id: string;
  name: string;
  customId: string | null;
  ts: number;
  body: string;
}

const earliestTs = Date.UTC(1980, 0, 1);
const latestTs = Date.UTC(2100, 0, 1);
const fields = ['name', 'data', 'user', 'ts', 'v', 'id', 'meta'] as const;

/**
 * Parses one event as sent.
 * @param id the event's ULID.
 * @param timeOf converts the sender's timestamp to the engine's time.
 * @throws RefusedEvent for everything the real server rejects: what is accepted here is accepted
 * there.
 */
export function readEvent(
  item: unknown,
  id: string,
  nowMs: number,
  timeOf: (ts: number) => number,
): AcceptedEvent {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new RefusedEvent(`json: cannot unmarshal ${typeof item} into an event`);
  }
  const { name, data, user, ts, v, id: customId, meta } = knownFields(item);
  const eventName = readName(name);
  requireType('data', data, 'object', 'map[string]interface {}');
  requireType('user', user, 'object', 'map[string]interface {}');
  requireType('v', v, 'string', 'string');
  requireType('id', customId, 'string', 'string');
  requireType('meta', meta, 'object', 'event.Meta');
  for (const text of [eventName, customId]) {
    if (typeof text === 'string' && !isStorable(text)) {
      throw new RefusedEvent('event name and id must be valid text without a NUL character');
    }
  }
  const sentMs = readTs(ts);
  const own = typeof customId === 'string' && customId !== '' ? customId : null;
  const at = sentMs === undefined ? nowMs : timeOf(sentMs);
  const body = textOf({
    data: data ?? {},
    id: own ?? id,
    name: eventName,
    ts: at,
    user: user ?? {},
    ...(v ? { v } : {}),
    ...readMeta(meta),
  });
  requireSize(item, body);
  return { id, name: eventName, customId: own, ts: at, body };
}

/**
 * The fields of an event, matched case-insensitively like on the real server; the last one wins.
 */
function knownFields(item: object): Partial<Record<(typeof fields)[number], unknown>> {
  const known: Partial<Record<(typeof fields)[number], unknown>> = {};
  for (const [key, value] of Object.entries(item)) {
    const field = fields.find((each) => each === key.toLowerCase());
    if (field) known[field] = value;
  }
  return known;
}

function readName(name: unknown): string {
  requireType('name', name, 'string', 'string');
  const text = typeof name === 'string' ? name : '';
  if (text === '') throw new RefusedEvent('event name is empty');
  if (text.toLowerCase().startsWith('inngest/')) {
    throw new RefusedEvent(`event name is reserved for internal use: ${text}`);
  }
  return text;
}

/** @returns milliseconds, or undefined if the sender gave no time. */
function readTs(ts: unknown): number | undefined {
  requireType('ts', ts, 'number', 'int64');
  if (typeof ts !== 'number' || ts === 0) return undefined;
  if (!Number.isSafeInteger(ts)) {
    throw new RefusedEvent(
      `json: cannot unmarshal number ${ts} into Go struct field raw.ts of type int64`,
    );
  }
  if (ts < earliestTs) throw new RefusedEvent('timestamp is before Jan 1, 1980');
  if (ts > latestTs) throw new RefusedEvent('timestamp is after Jan 1, 2100');
  return ts;
}

function readMeta(meta: unknown): ReturnType<typeof foldMeta> {
  try {
    return foldMeta(meta);
  } catch (error) {
    if (!(error instanceof RefusedMeta)) throw error;
    throw new RefusedEvent(error.message);
  }
}

function textOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // A value parsed from JSON can fail to serialize only if nested too deeply for the stack.
    if (!(error instanceof RangeError)) throw error;
    throw new RefusedEvent('exceeded max depth');
  }
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
