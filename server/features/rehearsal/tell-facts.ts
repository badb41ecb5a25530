import { subscribersOf } from '@/server/platform/background';
import { type Tx, transaction } from '@/server/platform/db';
import {
  broadcast,
  type LiveEvent,
  type OutboxRow,
  type OutgoingEvent,
  readStandingRows,
} from '@/server/platform/outbox';
import type { Instant } from './instant';
import { addJobs } from './jobs-table';
import type { Happened } from './schema';

const ROWS_MAX = 400;

/**
 * Publishes an instant's outbox rows like a relay: subscribers run, their engine events are queued
 * for the clock, and the rows are deleted, all in one transaction.
 * @param told receives what a customer may see.
 * @returns the number of rows.
 */
export async function tellFacts(
  instant: Instant,
  told: (event: Happened) => void,
): Promise<number> {
  let seen = 0;
  for (let count = ROWS_MAX; count === ROWS_MAX; seen += count) {
    const rows = await instant.run(() => transaction((tx) => tellSome(tx, instant)));
    for (const event of rows.flatMap(happenedOf)) told(event);
    await broadcast(rows.flatMap((row): LiveEvent[] => (row.live ? [row.live] : [])));
    count = rows.length;
  }
  return seen;
}

async function tellSome(tx: Tx, { organizationId, nowMs }: Instant): Promise<OutboxRow[]> {
  const rows = await readStandingRows(tx, organizationId, ROWS_MAX);
  if (rows.length === 0) return rows;
  const byTopic = new Map<string, OutboxRow[]>();
  for (const row of rows) byTopic.set(row.topic, [...(byTopic.get(row.topic) ?? []), row]);
  const events: OutgoingEvent[] = [];
  for (const [topic, own] of byTopic) {
    for (const subscriber of subscribersOf(topic)) events.push(...(await subscriber(own, tx)));
  }
  await addJobs(tx, organizationId, nowMs, await withoutCrowd(tx, organizationId, events));
  await tx.outboxRow.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  return rows;
}

/** Scripted workers always have capacity, so that regaining it is no event. */
async function withoutCrowd(
  tx: Tx,
  organizationId: string,
  events: readonly OutgoingEvent[],
): Promise<OutgoingEvent[]> {
  const freed = new Set(
    events.filter(({ name }) => name === 'worker/route').map(({ data }) => String(data.workerId)),
  );
  if (freed.size === 0) return [...events];
  const crowd = await tx.worker.findMany({
    where: { id: { in: [...freed] }, scriptedFor: organizationId },
    select: { id: true },
  });
  const ids = new Set(crowd.map(({ id }) => id));
  return events.filter(
    ({ name, data }) => name !== 'worker/route' || !ids.has(String(data.workerId)),
  );
}

/** Events of tasks; golds are hidden from the customer. */
function happenedOf({ topic, data, live, createdAt }: OutboxRow): Happened[] {
  const { taskId, taskEventId } = data as { taskId?: string; taskEventId?: string };
  if (!taskId || !taskEventId || !live?.organizationId) return [];
  return [{ at: createdAt.toISOString(), type: topic, task_id: taskId }];
}
