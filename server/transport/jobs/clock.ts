import { z } from 'zod';
import { graceMs, timerOf } from '@/server/platform/background';
import { clock } from '@/server/platform/clock';
import { pool } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { processWide } from '@/server/platform/process-wide';
import { setExactTimer } from './exact-timers';
import { type Job, job, sweep } from './job';

/** Work due at times stored in a feature's rows. */
export interface DueWork {
  /** The name in sweep results, such as `handedIn`. */
  name: string;
  /**
   * Does a batch of what is due. Idempotent.
   * @returns how much it did, and whether more may be due.
   */
  run(): Promise<{ done: number; isFull: boolean }>;
  /** When the next item is due; null if there is none. */
  nextAt(): Promise<Date | null>;
}

const TICK = 'clock/tick';
/** After this time, the rest is left to the next tick. */
const TICK_MS_MAX = 10_000;
/** A tick this close may already be running and miss rows that were just written. */
const MARGIN_MS = 1_500;

interface Expected {
  ms: number;
  /** The pool in use then; a different pool may be another database. */
  by: ReturnType<typeof pool> | null;
}

/** The earliest second for which this process has scheduled a tick. */
function expected(): Expected {
  const known = processWide('clock-tick', (): Expected => ({ ms: Number.NaN, by: null }));
  if (known.by !== pool()) Object.assign(known, { ms: Number.NaN, by: pool() });
  return known;
}

/**
 * The clock of an instance. A tick runs everything that is due, in the order of `works`, and
 * schedules the next tick for the next due time; without due work nothing runs. Ticks of one second
 * share an ID, so that engines deduplicate them across processes. A sweep does the same every
 * minute, in case a tick was lost.
 */
export function clockJobs(
  works: readonly DueWork[],
  send: (events: OutgoingEvent[]) => Promise<void>,
): Job[] {
  async function runAll(): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    const begunMs = performance.now();
    for (const { name, run } of works) {
      let round = await run();
      found[name] = round.done;
      while (round.isFull && performance.now() - begunMs < TICK_MS_MAX) {
        round = await run();
        found[name] += round.done;
      }
    }
    return found;
  }

  async function runAndGoOn(): Promise<Record<string, number>> {
    const found = await runAll();
    const instants = await Promise.all(works.map((work) => work.nextAt()));
    const nextMs = Math.min(...instants.flatMap((at) => at?.getTime() ?? []));
    if (Number.isFinite(nextMs)) {
      const tick = tickAt(nextMs);
      await send([tick]);
      expected().ms = tick.ts;
    }
    return found;
  }

  return [
    job({ id: 'clock/tick', event: TICK, data: z.object({}), retries: 10 }, () => runAndGoOn()),
    sweep({ id: 'clock/sweep', cron: '* * * * *' }, ({ step }) =>
      step.run('run what is due', runAndGoOn),
    ),
  ];
}

/** The tick for the second after an instant. */
function tickAt(ms: number): OutgoingEvent & { ts: number } {
  const ts = Math.ceil(Math.max(ms, clock.nowMs() + 1) / 1_000) * 1_000;
  return { id: `tick:${ts / 1_000}`, name: TICK, data: {}, ts };
}

/**
 * Prepares events for the engine: replaces all timers by one tick for the first due time, or none
 * if a tick is already scheduled that is no later, because it checks all rows. Exact timers are set
 * in this process.
 */
export function withoutTimers(events: readonly OutgoingEvent[]): OutgoingEvent[] {
  const rest: OutgoingEvent[] = [];
  const nowMs = clock.nowMs();
  let firstMs = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const timer = timerOf(event.name);
    if (!timer) {
      rest.push(event);
      continue;
    }
    if (timer.isExact) setExactTimer(event);
    firstMs = Math.min(firstMs, (event.ts ?? nowMs) + (timer.isExact ? graceMs() : 0));
  }
  if (!Number.isFinite(firstMs)) return rest;
  const tick = tickAt(firstMs);
  const { ms } = expected();
  return ms > nowMs + MARGIN_MS && ms <= tick.ts ? rest : [...rest, tick];
}

/** Remembers the ticks among accepted events. */
export function noteTicks(events: readonly OutgoingEvent[]): void {
  for (const { name, ts } of events) if (name === TICK && ts !== undefined) expected().ms = ts;
}
