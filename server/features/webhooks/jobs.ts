import { z } from 'zod';
import { clock, standingClock } from '@/server/platform/clock';
import { afterCommit } from '@/server/platform/db';
import { HINT_MS, type OutgoingEvent, type Subscriber } from '@/server/platform/outbox';
import { isOneOf } from '@/server/platform/sql-lists';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { createDeliveries } from './create-deliveries';
import { deleteOldDeliveries } from './delete-old-deliveries';
import { announceDeliveries, awaitTries, DELIVERY_WAITING } from './deliver/first-tries';
import { TRIES_MAX } from './deliver/retry-schedule';
import { type TryOutcome, tryDelivery } from './deliver/try-delivery';
import { disableEndpointsOf } from './disable-endpoints';
import { findOverdueDeliveries } from './find-overdue-deliveries';
import { LOW_BALANCE_EVENT, TASK_EVENT_TYPES } from './schema';
import { createLowBalanceDeliveries, LowBalanceFact } from './tell-low-balance';

/** `host` limits concurrency per receiver, so that a slow one does not block others. */
const DeliveryRef = z.object({ deliveryId: z.uuid(), host: z.string() });

const TaskEventFact = z.object({
  taskEventId: z.uuid(),
  taskId: z.uuid(),
  organizationId: z.uuid(),
  mode: z.enum(['live', 'test']),
  type: z.string(),
});

const deliver = job(
  {
    id: 'webhooks/deliver',
    event: 'webhook/deliver',
    data: DeliveryRef,
    concurrency: { key: 'event.data.host', limit: 20 },
    retries: 3,
  },
  async ({ data, step }) => {
    let expected: number | null = null;
    for (let n = 0; n < TRIES_MAX; n++) {
      const seen: number | null = expected;
      const outcome: TryOutcome = await step.run(`try-${n}`, () =>
        tryDelivery(data.deliveryId, seen),
      );
      if (outcome.state === 'closed') return;
      expected = outcome.attemptCount;
      await step.sleep(`wait-${n}`, outcome.delayMs);
    }
  },
);

/** Starts new runs for overdue deliveries whose run was lost. */
const sweepOverdue = sweep({ id: 'webhooks/sweep', cron: '* * * * *' }, async ({ step }) => {
  const events = await step.run('find', async () => {
    const { overdue, minute } = await findOverdueDeliveries();
    const ts = clock.nowMs();
    return overdue.map((row) => ({ ...deliverEvent(row, `sweep:${minute}`), ts }));
  });
  if (events.length > 0) await step.sendEvent('republish', events);
});

const forget = sweep({ id: 'webhooks/forget', cron: '53 * * * *' }, ({ step }) =>
  step.run('forget', async () => ({ deliveries: await deleteOldDeliveries() })),
);

export const jobs: Job[] = [deliver, sweepOverdue, forget];

function deliverEvent(delivery: { id: string; url: string }, occasion: string): OutgoingEvent {
  return {
    id: `webhook/deliver:${delivery.id}:${occasion}`,
    name: 'webhook/deliver',
    data: { deliveryId: delivery.id, host: new URL(delivery.url).host },
  };
}

const onTaskEvent: Subscriber = async (rows, tx) => {
  const facts = rows.map((row) => TaskEventFact.parse(row.data));
  const deliveries = await createDeliveries(tx, facts);
  if (standingClock()) {
    return deliveries.map((delivery) => deliverEvent(delivery, String(delivery.attemptCount)));
  }
  await awaitTries(tx, deliveries, new Date(clock.nowMs() + HINT_MS));
  afterCommit(tx, () => announceDeliveries(deliveries));
  return [];
};

/** A delivery's next attempt is due, and no process has started it. */
const onWaiting: Subscriber = async (rows, tx) => {
  const waiting = rows.map((row) => ({ row, ...DeliveryFact.parse(row.data) }));
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.id::text AS id FROM deliveries d
     WHERE d.id ${isOneOf(waiting.map(({ deliveryId }) => deliveryId))}
       AND d.status::text = 'pending' AND d.next_attempt_at <= ${clock.now()}
       -- Where a test clock was stopped meanwhile, its own jobs make the tries.
       AND NOT EXISTS (
         SELECT FROM test_clocks c WHERE c.organization_id = d.organization_id AND d.mode = 'test')`;
  const ids = new Set(due.map(({ id }) => id));
  return waiting
    .filter(({ deliveryId }) => ids.has(deliveryId))
    .map(({ row, deliveryId, url }) => deliverEvent({ id: deliveryId, url }, `waiting:${row.id}`));
};

const onLowBalance: Subscriber = async (rows, tx) => {
  const events: OutgoingEvent[] = [];
  for (const row of rows) {
    const deliveries = await createLowBalanceDeliveries(tx, LowBalanceFact.parse(row.data));
    events.push(...deliveries.map((each) => deliverEvent(each, String(each.attemptCount))));
  }
  return events;
};

const DeliveryFact = z.object({ deliveryId: z.uuid(), url: z.string() });

const onReplayed: Subscriber = async (rows) =>
  rows.map((row) => {
    const { deliveryId, url } = DeliveryFact.parse(row.data);
    return deliverEvent({ id: deliveryId, url }, `replay:${row.id}`);
  });

const Cleared = z.object({ userId: z.uuid() });

const onAccountCleared: Subscriber = async (rows, tx) => {
  for (const row of rows) await disableEndpointsOf(tx, Cleared.parse(row.data).userId);
  return [];
};

export const subscribers: Record<string, Subscriber> = {
  ...Object.fromEntries(TASK_EVENT_TYPES.map((type) => [type, onTaskEvent])),
  [LOW_BALANCE_EVENT]: onLowBalance,
  [DELIVERY_WAITING]: onWaiting,
  'delivery.replayed': onReplayed,
  'account.cleared': onAccountCleared,
};
