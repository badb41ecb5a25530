import type {
  DeliveryAttempt,
  Delivery as DeliveryRow,
  Endpoint as EndpointRow,
  WebhookEvent,
} from '@/prisma/generated/client';
import { getTask } from '@/server/features/tasks';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { visibleTo } from './access';
import type {
  Delivery,
  DeliveryRequest,
  Endpoint,
  ListDeliveriesQuery,
  ListEndpointsQuery,
} from './schema';

const ATTEMPTS_SHOWN = 10;

/** A page of the organization's endpoints, newest first. */
export async function listEndpoints(
  actor: Actor,
  query: ListEndpointsQuery,
): Promise<Page<Endpoint>> {
  const rows = await db.endpoint.findMany({
    where: {
      AND: [visibleTo(actor), { deletedAt: null }, query.after ? { id: { lt: query.after } } : {}],
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return pageOf(rows, query.limit, renderEndpoint);
}

/**
 * @throws NotFound if it does not exist, was deleted, or belongs to another organization or mode.
 */
export async function getEndpoint(actor: Actor, id: string): Promise<Endpoint> {
  return renderEndpoint(await getEndpointRow(actor, id));
}

/** The row of `getEndpoint`, for other use cases. */
export async function getEndpointRow(actor: Actor, id: string): Promise<EndpointRow> {
  const row = isUuid(id)
    ? await db.endpoint.findFirst({ where: { AND: [visibleTo(actor), { id, deletedAt: null }] } })
    : null;
  if (!row) throw new NotFound('webhook endpoint', id);
  return row;
}

/**
 * A page of an endpoint's delivery log, newest first.
 * @throws NotFound 404
 */
export async function listDeliveries(
  actor: Actor,
  endpointId: string,
  query: ListDeliveriesQuery,
): Promise<Page<Delivery>> {
  const { id } = await getEndpointRow(actor, endpointId);
  return pageOfDeliveries({ endpointId: id }, query);
}

/**
 * A page of the deliveries of one task's events, to endpoints and to its callback, newest first.
 * @throws NotFound if the task does not exist or belongs to another organization or mode.
 */
export async function listTaskDeliveries(
  actor: Actor,
  taskId: string,
  query: ListDeliveriesQuery,
): Promise<Page<Delivery>> {
  const { id } = await getTask(actor, taskId);
  return pageOfDeliveries({ ...visibleTo(actor), event: { taskId: id } }, query);
}

async function pageOfDeliveries(
  where: object,
  { limit, after, status }: ListDeliveriesQuery,
): Promise<Page<Delivery>> {
  const rows = await db.delivery.findMany({
    where: { AND: [where, after ? { id: { lt: after } } : {}, status ? { status } : {}] },
    include: WITH_ATTEMPTS,
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return pageOf(rows, limit, renderDelivery);
}

/** @throws NotFound if it does not exist or belongs to another organization or mode. */
export async function getDelivery(actor: Actor, id: string): Promise<Delivery> {
  const row = isUuid(id)
    ? await db.delivery.findFirst({
        where: { AND: [visibleTo(actor), { id }] },
        include: WITH_ATTEMPTS,
      })
    : null;
  if (!row) throw new NotFound('delivery', id);
  return renderDelivery(row);
}

/**
 * The stored body of a delivery.
 * @throws NotFound if it does not exist or belongs to another organization or mode.
 */
export async function getDeliveryRequest(actor: Actor, id: string): Promise<DeliveryRequest> {
  const row = isUuid(id)
    ? await db.delivery.findFirst({
        where: { AND: [visibleTo(actor), { id }] },
        select: { url: true, body: true, event: { select: { body: true } } },
      })
    : null;
  if (!row) throw new NotFound('delivery', id);
  return { url: row.url, body: row.body ?? row.event.body };
}

const WITH_ATTEMPTS = {
  event: { select: { type: true, taskId: true } },
  attempts: { orderBy: { number: 'desc' }, take: ATTEMPTS_SHOWN },
} as const;

export function renderEndpoint(row: EndpointRow): Endpoint {
  return {
    id: row.id,
    object: 'webhook_endpoint',
    mode: row.mode,
    url: row.url,
    description: row.description,
    events: row.events as Endpoint['events'],
    status: row.status,
    disabled_reason: row.disabledReason,
    failing_since: row.failingSince?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

function renderDelivery(
  row: DeliveryRow & {
    event: Pick<WebhookEvent, 'type' | 'taskId'>;
    attempts: DeliveryAttempt[];
  },
): Delivery {
  return {
    id: row.id,
    object: 'delivery',
    mode: row.mode,
    endpoint_id: row.endpointId,
    event_id: row.eventId,
    event_type: row.event.type,
    task_id: row.event.taskId,
    url: row.url,
    status: row.status,
    attempt_count: row.attemptCount,
    next_attempt_at: row.nextAttemptAt?.toISOString() ?? null,
    delivered_at: row.deliveredAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    attempts: row.attempts.map((attempt) => ({
      number: attempt.number,
      status_code: attempt.statusCode,
      error: attempt.error,
      duration_ms: attempt.durationMs,
      response_body: attempt.responseBody,
      created_at: attempt.createdAt.toISOString(),
    })),
  };
}
