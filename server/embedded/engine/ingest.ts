import { log } from '@/server/platform/log';
import type { Taken, TakeWith } from './claimed-job';
import type { Database } from './database';
import { type DirectRun, planDirectStart } from './direct-start';
import { type IdSeed, newUlid, seededUlid } from './ids';
import { limits } from './limits';
import { type AcceptedEvent, RefusedEvent, readEvent } from './read-event';
import type { Registry } from './registry';
import type { RegistryCache } from './registry-cache';
import { StoredEvent } from './stored-event';

/**
 * Reads the events of one request.
 * @param body the parsed request: one event or an array.
 * @param timeOf converts the sender's timestamp to the engine's time.
 * @throws RefusedEvent if one of them is invalid.
 */
export function readEvents(
  body: unknown,
  seed: IdSeed | undefined,
  nowMs: number,
  timeOf: (ts: number) => number,
): AcceptedEvent[] {
  const list: unknown[] = Array.isArray(body) ? body : [body];
  if (list.length > limits.eventsPerRequest) {
    throw new RefusedEvent(`too many events: max ${limits.eventsPerRequest} a request`);
  }
  return list.map((item, index) =>
    readEvent(item, seed ? seededUlid(seed, index) : newUlid(nowMs), nowMs, timeOf),
  );
}

/** Stores accepted events and ensures they are processed. */
export class Intake {
  constructor(
    private readonly db: Database,
    private readonly registry: RegistryCache,
    private readonly take: TakeWith,
    private readonly nowMs: () => number,
    /** Called when events are waiting in the inbox. */
    private readonly onQueued: () => void,
  ) {}

  /**
   * Stores events in one statement, which also starts their runs and leases the first jobs if that
   * can be done directly; otherwise queues them for the fan-out. Events already stored by an
   * earlier attempt of the same request are skipped.
   */
  async accept(events: AcceptedEvent[]): Promise<void> {
    if (events.length === 0) return;
    const nowMs = this.nowMs();
    const registry = await this.registry.current();
    const runs = planOrLeave(registry, events, nowMs);
    try {
      await this.#store(events, runs, registry.version, nowMs);
    } catch (error) {
      if (!runs) throw error;
      log.warn({ err: error }, 'engine: events did not start directly; they are fanned out');
      await this.#store(events, undefined, registry.version, nowMs);
    }
  }

  async #store(
    events: AcceptedEvent[],
    runs: DirectRun[] | undefined,
    registryVersion: number,
    nowMs: number,
  ): Promise<void> {
    const { started } = await this.take(runs?.length ?? 0, async ({ owner, leaseMs, size }) => {
      const { rows } = await this.db.query<Taken & { started: boolean }>(
        'SELECT * FROM accept_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
        [
          events.map((event) => event.id),
          events.map((event) => event.name),
          events.map((event) => event.customId),
          events.map((event) => event.ts),
          events.map((event) => event.body),
          nowMs,
          runs ? JSON.stringify(runs) : null,
          registryVersion,
          nowMs + limits.dedupMs,
          leaseMs,
          owner,
          size,
        ],
      );
      return rows[0] ?? { started: false, jobs: null, ready: null, due: null };
    });
    if (!started) this.onQueued();
  }
}

/** If an expression fails for an event, the fan-out handles it: the event is accepted. */
function planOrLeave(
  registry: Registry,
  events: AcceptedEvent[],
  nowMs: number,
): DirectRun[] | undefined {
  try {
    const stored = events.map(
      ({ id, name, customId, ts, body }) => new StoredEvent(id, name, customId, ts, body),
    );
    return planDirectStart(registry, stored, nowMs);
  } catch {
    return undefined;
  }
}
