import { crowdOpenTasks } from '@/server/features/tasks';
import { forgetEvidence } from '@/server/features/verification';
import { dismissCrowd } from '@/server/features/workers';
import type { Actor } from '@/server/platform/actor';
import { atInstant } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { assertTestMode } from './access';
import { getClock } from './get-clock';
import { holdClock, releaseClock } from './hold-clock';
import type { TestClock } from './schema';

/** Jobs per outbox row handed back to the engine. */
const JOBS_PER_ROW = 200;

/**
 * Ends a rehearsal: test mode follows the wall clock again, and queued jobs return to the engine
 * with their due times. Removes the scripted crowd and what test mode has learned, so that every
 * rehearsal starts from the same state. If the clock is running, it only does the latter.
 * @throws TestModeOnly 403, ClockInUse 409
 */
export async function resetClock(actor: Actor): Promise<TestClock> {
  const organizationId = assertTestMode(actor);
  await atInstant(undefined, async () => {
    const held = await holdClock(organizationId);
    try {
      await transaction(async (tx) => {
        await handBack(tx, organizationId);
        await forgetEvidence(tx, { organizationId, mode: 'test' });
        await dismissCrowd(tx, organizationId);
        await tx.testClock.deleteMany({ where: { organizationId } });
      });
      await crowdOpenTasks(organizationId);
    } finally {
      await releaseClock(held);
    }
    kickOutbox();
  });
  return getClock(actor);
}

async function handBack(tx: Tx, organizationId: string): Promise<void> {
  const jobs = await tx.testClockJob.findMany({
    where: { organizationId },
    orderBy: { position: 'asc' },
  });
  const events = jobs.map(({ id, name, data, dueAt }) => ({
    id: `resumed:${id}`,
    name,
    data,
    ts: dueAt.getTime(),
  }));
  for (let start = 0; start < events.length; start += JOBS_PER_ROW) {
    const some = events.slice(start, start + JOBS_PER_ROW);
    await enqueue(tx, [
      { topic: 'test_clock.reset', key: some[0]?.id ?? '', data: { events: some } },
    ]);
  }
  await tx.testClockJob.deleteMany({ where: { organizationId } });
  await tx.outboxRow.updateMany({
    where: { testClockOf: organizationId },
    data: { testClockOf: null },
  });
}
