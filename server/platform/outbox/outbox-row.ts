import type { Tx } from '../db';
import type { Json } from '../json-schema/json';

/** Broadcast to pages and waiting requests; ids only, the receivers re-read the rest. */
export interface LiveEvent {
  type: string;
  organizationId?: string;
  mode?: 'live' | 'test';
  taskId?: string;
  workerId?: string;
}

/** The Postgres channel that carries `LiveEvent[]` as JSON. */
export const LIVE_CHANNEL = 'humanrail_live';

/** A fact as read back from the outbox. */
export interface OutboxRow {
  id: string;
  topic: string;
  /** Identifies the fact; the same in every delivery attempt. */
  key: string;
  data: Json;
  live: LiveEvent | null;
  /** Failed delivery attempts so far. */
  attempts: number;
  createdAt: Date;
}

/** An event for the engine, which deduplicates by `id`: the same fact must give the same id. */
export interface OutgoingEvent {
  id: string;
  name: string;
  data: { [key: string]: unknown };
  /** When it is due, in milliseconds since the epoch; immediately if absent. */
  ts?: number;
}

/** The engine is unreachable or cannot answer: no event is at fault, and all of them wait. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable';
}

/**
 * Reacts to facts in bulk, inside a transaction, and returns the events to publish. It may see the same row
 * again after a crash, and must then change nothing and return the same events. It must read its data in a
 * defined order, because events are published in the order returned.
 */
export type Subscriber = (rows: OutboxRow[], tx: Tx) => Promise<OutgoingEvent[]>;
