import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { newPrefixedId } from '@/server/platform/ids';
import { assertManagesWebhooks } from './access';
import { getEndpointRow, renderEndpoint } from './queries';
import type { TestResult } from './schema';
import { sendTest } from './send-test';

/**
 * Sends a `webhook.test` event immediately and returns the endpoint's response. One attempt, also
 * to a disabled endpoint; it is logged, and its failure has no consequences.
 * @throws NotFound 404, Forbidden 403
 */
export async function testEndpoint(actor: Actor, id: string): Promise<TestResult> {
  assertManagesWebhooks(actor);
  const endpoint = await getEndpointRow(actor, id);
  const { organizationId, mode, url } = endpoint;
  const now = clock.now();
  const eventId = newPrefixedId('evt');
  const body = JSON.stringify({
    id: eventId,
    object: 'event',
    type: 'webhook.test',
    mode,
    created_at: now.toISOString(),
    data: renderEndpoint(endpoint),
  });
  const event = { id: eventId, organizationId, mode, body, createdAt: now };
  const { deliveryId, result } = await sendTest({ event, url, endpoint, dialect: 'v1' });
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
