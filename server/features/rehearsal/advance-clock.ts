import type { Actor } from '@/server/platform/actor';
import { atInstant } from '@/server/platform/clock';
import { TEST_CLOCK_KNOWN_MS } from '@/server/platform/test-clock';
import { assertTestMode } from './access';
import { adoptOpenWork } from './adopt-open-work';
import { type HeldClock, holdClock, releaseClock, setClock } from './hold-clock';
import { Instant } from './instant';
import { findNextDueMs } from './jobs-table';
import { runDue } from './run-due';
import { type AdvancedTestClock, HAPPENED_MAX, type Happened } from './schema';
import { tellFacts } from './tell-facts';

/**
 * Real time after which a request starts no further instant, and after which it aborts the current
 * one.
 */
const SOFT_LIMIT_MS = 15_000;
const HARD_LIMIT_MS = 40_000;

/**
 * Advances the test clock of the actor's organization and runs everything due in its test mode in
 * order of due time. The first call stops the clock, and pending work follows it from then on. If
 * interrupted, the next call resumes.
 * @throws TestModeOnly 403, ClockInUse 409
 */
export async function advanceClock(
  actor: Actor,
  { seconds }: { seconds: number },
): Promise<AdvancedTestClock> {
  const organizationId = assertTestMode(actor);
  // The request runs at the clock's current instant, and moves it from there.
  return atInstant(undefined, async () => {
    const held = await holdClock(organizationId);
    try {
      return await advance(held, seconds);
    } finally {
      await releaseClock(held);
    }
  });
}

async function advance(held: HeldClock, seconds: number): Promise<AdvancedTestClock> {
  const { organizationId } = held;
  if (held.state === 'stopped') {
    // By then every process knows that the clock is stopped.
    await new Promise((resolve) => setTimeout(resolve, TEST_CLOCK_KNOWN_MS + 50));
  }
  if (held.state !== 'found') await adoptOpenWork(organizationId, held.nowMs);
  const targetMs = held.nowMs + seconds * 1_000;
  const happened: Happened[] = [];
  let hasMore = false;
  const told = (event: Happened) => {
    if (happened.length < HAPPENED_MAX) happened.push(event);
    else hasMore = true;
  };
  const { nowMs, isDone } = await run(held, targetMs, told);
  const nextDueMs = await findNextDueMs(organizationId);
  return {
    object: 'test_clock',
    stopped: true,
    now: new Date(nowMs).toISOString(),
    next_due_at: nextDueMs === null ? null : new Date(nextDueMs).toISOString(),
    advanced_seconds: (nowMs - held.nowMs) / 1_000,
    remaining_seconds: (targetMs - nowMs) / 1_000,
    done: isDone,
    happened,
    has_more: hasMore,
  };
}

async function run(
  held: HeldClock,
  targetMs: number,
  told: (event: Happened) => void,
): Promise<{ nowMs: number; isDone: boolean }> {
  const { organizationId } = held;
  const begunMs = performance.now();
  let { nowMs } = held;
  for (;;) {
    const instant = new Instant(organizationId, nowMs);
    for (let busy = true; busy; ) {
      const facts = await tellFacts(instant, told);
      const jobs = await runDue(instant, told);
      busy = facts + jobs > 0;
      await setClock(held, nowMs);
      if (busy && performance.now() - begunMs > HARD_LIMIT_MS) return { nowMs, isDone: false };
    }
    if (nowMs >= targetMs) return { nowMs, isDone: true };
    if (performance.now() - begunMs > SOFT_LIMIT_MS) return { nowMs, isDone: false };
    const nextDueMs = await findNextDueMs(organizationId);
    nowMs = Math.min(nextDueMs ?? targetMs, targetMs);
    await setClock(held, nowMs);
  }
}
