import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId, newPrefixedId } from '@/server/platform/ids';
import { assertManagesWebhooks } from './access';
import { logTry } from './deliver/record-try';
import { sendLoaded } from './deliver/try-delivery';
import { getEndpointRow, renderEndpoint } from './queries';
import type { TestResult } from './schema';

/**
 * Sends a `webhook.test` event at once and says what the endpoint answered. It is tried once, also
 * where the endpoint is disabled, and stands in the delivery log; its failure counts against nobody.
 * @throws NotFound 404, Forbidden 403
 */
export async function testEndpoint(actor: Actor, id: string): Promise<TestResult> {
  assertManagesWebhooks(actor);
  const endpoint = await getEndpointRow(actor, id);
  const { organizationId, mode, url } = endpoint;
  const now = clock.now();
  const eventId = newPrefixedId('evt');
  const deliveryId = newId();
  const body = JSON.stringify({
    id: eventId,
    object: 'event',
    type: 'webhook.test',
    mode,
    created_at: now.toISOString(),
    data: renderEndpoint(endpoint),
  });
  // Failed until it is known to be delivered: a try that is cut off is not made again.
  const delivery = await db.delivery.create({
    data: {
      id: deliveryId,
      organizationId,
      mode,
      url,
      status: 'failed',
      attemptCount: 1,
      createdAt: now,
      endpointId: id,
      event: {
        create: { id: eventId, organizationId, mode, type: 'webhook.test', body, createdAt: now },
      },
    },
    include: { event: true },
  });
  const result = await sendLoaded({ delivery, endpoint });
  await transaction(async (tx) => {
    await logTry(tx, deliveryId, 1, result);
    if (!result.delivered) return;
    await tx.delivery.update({
      where: { id: deliveryId },
      data: { status: 'delivered', deliveredAt: clock.now() },
    });
  });
  return {
    object: 'webhook_test',
    event_id: eventId,
    delivery_id: deliveryId,
    delivered: result.delivered,
    status_code: result.statusCode,
    error: result.error,
    duration_ms: result.durationMs,
    response_body: result.responseBody,
  };
}
