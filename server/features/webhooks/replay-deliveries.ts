import type { Delivery as DeliveryRow } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { assertManagesWebhooks } from './access';
import { EndpointDisabled } from './errors';
import { getDelivery, getEndpointRow } from './queries';
import type { Delivery, ReplayedDeliveries, ReplaySince } from './schema';

type Replayed = Pick<DeliveryRow, 'id' | 'attemptCount' | 'url'>;

/** Rows announced in one statement. */
const CHUNK = 5_000;

/**
 * Replays one delivery, regardless of its status, from the start of the retry schedule.
 * @throws NotFound 404, Forbidden 403, EndpointDisabled 409
 */
export async function replayDelivery(actor: Actor, id: string): Promise<Delivery> {
  assertManagesWebhooks(actor);
  const delivery = await getDelivery(actor, id);
  if (delivery.endpoint_id) await assertEnabled(actor, delivery.endpoint_id);
  const now = clock.now();
  await transaction(async (tx) => {
    const replayed = await tx.$queryRaw<Replayed[]>`
      UPDATE deliveries
         SET status = 'pending', delivered_at = NULL, next_attempt_at = ${now},
             tries_before = attempt_count
       WHERE id = ${id}::uuid
      RETURNING id::text, attempt_count AS "attemptCount", url`;
    await announce(tx, replayed);
  });
  kickOutbox();
  return getDelivery(actor, id);
}

/**
 * Replays all deliveries of an endpoint that failed permanently since a time.
 * @throws NotFound 404, Forbidden 403, EndpointDisabled 409
 */
export async function replayFailed(
  actor: Actor,
  endpointId: string,
  { since }: ReplaySince,
): Promise<ReplayedDeliveries> {
  assertManagesWebhooks(actor);
  await assertEnabled(actor, endpointId);
  const now = clock.now();
  const replayed = await transaction(async (tx) => {
    const rows = await tx.$queryRaw<Replayed[]>`
      UPDATE deliveries
         SET status = 'pending', next_attempt_at = ${now}, tries_before = attempt_count
       WHERE endpoint_id = ${endpointId}::uuid AND status = 'failed'
         AND created_at >= ${new Date(since)}
      RETURNING id::text, attempt_count AS "attemptCount", url`;
    await announce(tx, rows);
    return rows.length;
  });
  kickOutbox();
  return { object: 'replay', replayed };
}

async function assertEnabled(actor: Actor, endpointId: string): Promise<void> {
  const endpoint = await getEndpointRow(actor, endpointId);
  if (endpoint.status === 'disabled') throw new EndpointDisabled();
}

/** The attempt count identifies the replay, so that each is announced once. */
async function announce(tx: Tx, deliveries: readonly Replayed[]): Promise<void> {
  for (let start = 0; start < deliveries.length; start += CHUNK) {
    await enqueue(
      tx,
      deliveries.slice(start, start + CHUNK).map(({ id, attemptCount, url }) => ({
        topic: 'delivery.replayed',
        key: `${id}:${attemptCount}`,
        data: { deliveryId: id, url },
      })),
    );
  }
}
