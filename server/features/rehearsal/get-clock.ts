import type { Actor } from '@/server/platform/actor';
import { wallClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { assertTestMode } from './access';
import { findNextDueMs } from './jobs-table';
import type { TestClock } from './schema';

/**
 * The current time in the actor's test mode.
 * @throws TestModeOnly 403
 */
export async function getClock(actor: Actor): Promise<TestClock> {
  const organizationId = assertTestMode(actor);
  const row = await db.testClock.findUnique({ where: { organizationId } });
  const nextDueMs = row ? await findNextDueMs(organizationId) : null;
  return {
    object: 'test_clock',
    stopped: row !== null,
    now: (row?.nowAt ?? wallClock.now()).toISOString(),
    next_due_at: nextDueMs === null ? null : new Date(nextDueMs).toISOString(),
  };
}
