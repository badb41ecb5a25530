import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { stoppedOrganizations } from '@/server/platform/test-clock';
import { findSubjects } from './find-subjects';
import { addJobs } from './jobs-table';

/**
 * Diverts events of an organization's test mode from the engine to its stopped clock. If the clock
 * was reset in the meantime, the engine gets them.
 * @returns the events for the engine.
 */
export async function divertEvents(events: readonly OutgoingEvent[]): Promise<OutgoingEvent[]> {
  const stopped = await stoppedOrganizations();
  if (stopped.length === 0) return [...events];
  const subjects = await findSubjects(events);
  const kept: OutgoingEvent[] = [];
  const byOrganization = new Map<string, OutgoingEvent[]>();
  for (const [n, event] of events.entries()) {
    const subject = subjects[n];
    if (subject?.mode !== 'test' || !stopped.includes(subject.organizationId)) {
      kept.push(event);
      continue;
    }
    const own = byOrganization.get(subject.organizationId) ?? [];
    byOrganization.set(subject.organizationId, [...own, event]);
  }
  for (const [organizationId, own] of byOrganization) {
    if (!(await leaveToClock(organizationId, own))) kept.push(...own);
  }
  return kept;
}

async function leaveToClock(
  organizationId: string,
  events: readonly OutgoingEvent[],
): Promise<boolean> {
  return transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ nowAt: Date }[]>`
      SELECT now_at AS "nowAt" FROM test_clocks
       WHERE organization_id = ${organizationId}::uuid FOR SHARE`;
    if (!row) return false;
    const nowMs = row.nowAt.getTime();
    const timed = events.map((event) => ({ ...event, ts: event.ts ?? clock.nowMs() }));
    await addJobs(tx, organizationId, nowMs, timed);
    return true;
  });
}
