import type { Prisma } from '@/prisma/generated/client';
import { type TaskEventBody, taskEventBodies } from '@/server/features/tasks';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { dialectOf, eventIdOf } from './dialects';

/** A task's event from the outbox. */
export interface TaskEventFact {
  taskEventId: string;
  taskId: string;
  organizationId: string;
  mode: Mode;
  type: string;
}

/** A receiver: an endpoint, or the task's own callback URL (`endpointId` null). */
interface Target {
  taskEventId: string;
  type: string;
  endpointId: string | null;
  url: string;
  /** Endpoints use v1; a callback uses the dialect its task was created in. */
  dialect: string;
}

/**
 * Stores events for their receivers: one row per event, one delivery per receiver. Events without
 * receivers cost one query together. Idempotent.
 * @returns the deliveries still to be made.
 */
export async function createDeliveries(
  tx: Tx,
  facts: readonly TaskEventFact[],
): Promise<{ id: string; url: string; attemptCount: number }[]> {
  const targets = (await findTargets(tx, facts)).filter(({ type, dialect }) =>
    dialectOf(dialect).tells(type),
  );
  if (targets.length === 0) return [];
  const bodies = await taskEventBodies(tx, [...new Set(targets.map((t) => t.taskEventId))]);
  const now = clock.now();
  await tx.webhookEvent.createMany({
    data: [...bodies.values()].map(eventRow),
    skipDuplicates: true,
  });
  await tx.delivery.createMany({
    data: targets.flatMap((target) => {
      const event = bodies.get(target.taskEventId);
      return event ? [deliveryRow(event, target, now)] : [];
    }),
    skipDuplicates: true,
  });
  return tx.delivery.findMany({
    where: { eventId: { in: [...bodies.keys()].map(eventIdOf) }, status: 'pending' },
    orderBy: { id: 'asc' },
    select: { id: true, url: true, attemptCount: true },
  });
}

/**
 * Enabled endpoints subscribed to the event, and the task's callback URL, in one query. Golds and
 * re-votes are never reported, because their customer did not request them.
 */
async function findTargets(tx: Tx, facts: readonly TaskEventFact[]): Promise<Target[]> {
  const column = (key: keyof TaskEventFact) => facts.map((fact) => fact[key]);
  return tx.$queryRaw<Target[]>`
    WITH fact AS (
      SELECT * FROM unnest(
        ${column('taskEventId')}::uuid[], ${column('taskId')}::uuid[],
        ${column('organizationId')}::uuid[], ${column('mode')}::mode[], ${column('type')}::text[]
      ) AS f(task_event_id, task_id, organization_id, mode, type)
    )
    SELECT fact.task_event_id::text AS "taskEventId", fact.type, e.id::text AS "endpointId", e.url,
           'v1' AS dialect
      FROM fact
      JOIN tasks t ON t.id = fact.task_id AND t.reserved_for IS NULL
      JOIN endpoints e ON e.organization_id = fact.organization_id AND e.mode = fact.mode
       AND e.status = 'enabled' AND e.deleted_at IS NULL
       AND (e.events = '{}' OR fact.type = ANY (e.events))
     UNION ALL
    SELECT fact.task_event_id::text, fact.type, NULL, t.callback_url, t.dialect
      FROM fact JOIN tasks t ON t.id = fact.task_id
     WHERE t.callback_url IS NOT NULL AND t.reserved_for IS NULL
     ORDER BY 1, 3`;
}

function eventRow(event: TaskEventBody): Prisma.WebhookEventCreateManyInput {
  const id = eventIdOf(event.id);
  return {
    id,
    organizationId: event.organizationId,
    mode: event.mode,
    type: event.type,
    taskId: event.task.id,
    taskEventId: event.id,
    body: dialectOf('v1').body(event, id),
    createdAt: event.createdAt,
  };
}

function deliveryRow(
  event: TaskEventBody,
  { endpointId, url, dialect }: Target,
  now: Date,
): Prisma.DeliveryCreateManyInput {
  const eventId = eventIdOf(event.id);
  return {
    id: newId(),
    eventId,
    organizationId: event.organizationId,
    mode: event.mode,
    endpointId,
    url,
    dialect,
    body: dialect === 'v1' ? null : dialectOf(dialect).body(event, eventId),
    createdAt: now,
    nextAttemptAt: now,
  };
}
