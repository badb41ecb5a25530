import type { Tx } from '../db';
import type { Json } from '../json-schema/json';

/** What is broadcast to pages and waiting requests; ids only, they read the rest again. */
export interface LiveEvent {
  type: string;
  organizationId?: string;
  mode?: 'live' | 'test';
  taskId?: string;
  workerId?: string;
}

/** The Postgres channel that carries `LiveEvent[]` as JSON. */
export const LIVE_CHANNEL = 'humanrail_live';

/** A fact as it is read back from the outbox. */
export interface OutboxRow {
  id: string;
  topic: string;
  /** Names the fact; stays the same however often it is told. */
  key: string;
  data: Json;
  live: LiveEvent | null;
  /** How often telling it failed so far. */
  attempts: number;
  createdAt: Date;
}

/** An event for the engine. The engine takes an `id` once, so the same fact must give the same id. */
export interface OutgoingEvent {
  id: string;
  name: string;
  data: { [key: string]: unknown };
  /** When it is due, in milliseconds since the epoch; at once where absent. */
  ts?: number;
}

/** The engine cannot be reached or is not able to answer: no event is at fault, and all of them wait. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable';
}

/**
 * Reacts to facts in bulk, inside a transaction, and says what to publish. It may see the same row
 * again after a crash, and must then change nothing and give the same events. What it reads it reads in an
 * order, since events go out in the order in which it gives them.
 */
export type Subscriber = (rows: OutboxRow[], tx: Tx) => Promise<OutgoingEvent[]>;
