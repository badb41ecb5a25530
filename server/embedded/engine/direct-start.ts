import { dedupKeys, type Match } from './admission';
import { triggered } from './fan-out';
import type { RegisteredFunction, Registry } from './registry';
import { type NewRun, planRun } from './start-runs';
import type { StoredEvent } from './stored-event';

/** A run created together with its event, unless one of its keys was already used. */
export interface DirectRun extends NewRun {
  /** The event's ULID. */
  event: string;
  keys: string[];
}

/** More events than this are fanned out after acceptance, so that the sender need not wait. */
const eventsMax = 100;

/**
 * The runs that events start, if that can be determined without reading the database: no flow
 * control on their start, and no run cancelled by another of these events. Otherwise undefined, and
 * the fan-out handles them.
 */
export function planDirectStart(
  registry: Registry,
  events: StoredEvent[],
  nowMs: number,
): DirectRun[] | undefined {
  if (events.length > eventsMax || events.some((event) => registry.cancels(event.name))) return;
  const matches = events.flatMap((event) => triggered(registry, event));
  if (!matches.every(({ fn }) => startsFreely(fn))) return;
  const keys = matches.flatMap(dedupKeys);
  if (new Set(keys).size < keys.length) return;
  return matches.map((match) => directRun(match, nowMs));
}

function startsFreely({ config }: RegisteredFunction): boolean {
  const { batchEvents, debounce, rateLimit, singleton, throttle } = config;
  return !(batchEvents || debounce || rateLimit || singleton || throttle);
}

function directRun(match: Match, nowMs: number): DirectRun {
  const run = planRun({ fn: match.fn, events: [match.event] }, nowMs, nowMs);
  return { ...run, event: match.event.id, keys: dedupKeys(match) };
}
