import { z } from 'zod';
import { graceMs, timerOf } from '@/server/platform/background';
import { clock } from '@/server/platform/clock';
import { pool } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { processWide } from '@/server/platform/process-wide';
import { setExactTimer } from './exact-timers';
import { type Job, job, sweep } from './job';

/** Work that falls due at instants that a feature's rows hold. */
export interface DueWork {
  /** Its name in what a sweep found, such as `handedIn`. */
  name: string;
  /**
   * Does what is due, at most so much of it as one look takes; a second call does nothing.
   * @returns how much it did, and whether more may be due.
   */
  run(): Promise<{ done: number; isFull: boolean }>;
  /** When the next of it falls due; null where nothing waits. */
  nextAt(): Promise<Date | null>;
}

const TICK = 'clock/tick';
/** After so long one tick leaves the rest to the next second's. */
const TICK_MS_MAX = 10_000;
/** A tick that is as near may be running already, and not see what was written a moment ago. */
const MARGIN_MS = 1_500;

interface Expected {
  ms: number;
  /** The connections in use then; other ones may lead to another database. */
  by: ReturnType<typeof pool> | null;
}

/** The earliest second for which this process knows that a tick is on its way. */
function expected(): Expected {
  const known = processWide('clock-tick', (): Expected => ({ ms: Number.NaN, by: null }));
  if (known.by !== pool()) Object.assign(known, { ms: Number.NaN, by: pool() });
  return known;
}

/**
 * The one clock of an instance. A tick does everything that is due, in the order of `works`, and sends the next
 * one for the second in which something falls due next: while nothing does, nothing runs, and what ended early costs
 * nothing. Ticks of one second have one id, so engines keep one of them, however many processes send it.
 * The sweep does the same each minute, for a tick that was lost.
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

/** The tick of the second in which an instant is over, or of the next one. */
function tickAt(ms: number): OutgoingEvent & { ts: number } {
  const ts = Math.ceil(Math.max(ms, clock.nowMs() + 1) / 1_000) * 1_000;
  return { id: `tick:${ts / 1_000}`, name: TICK, data: {}, ts };
}

/**
 * Events as the engine is to have them: in place of all timers one tick, for the first that falls due, and none where one
 * is on its way that comes no later, since that one looks at all rows. Exact timers are set in this process.
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

/** Remembers the ticks among events that the engine has taken. */
export function noteTicks(events: readonly OutgoingEvent[]): void {
  for (const { name, ts } of events) if (name === TICK && ts !== undefined) expected().ms = ts;
}
