import type { Endpoint, WebhookEvent } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { logTry } from './deliver/record-try';
import type { TryResult } from './deliver/send-event';
import { sendLoaded } from './deliver/try-delivery';

/**
 * Sends a requested event once, immediately. It is logged, and its failure has no consequences.
 * @param input.endpoint null for a callback URL.
 */
export async function sendTest(input: {
  event: Pick<WebhookEvent, 'id' | 'organizationId' | 'mode' | 'body' | 'createdAt'>;
  url: string;
  endpoint: Endpoint | null;
  dialect: string;
}): Promise<{ deliveryId: string; result: TryResult }> {
  const { event, url, endpoint, dialect } = input;
  const { organizationId, mode, createdAt } = event;
  const deliveryId = newId();
  // Initially failed: an interrupted attempt is not repeated.
  const delivery = await db.delivery.create({
    data: {
      id: deliveryId,
      organizationId,
      mode,
      url,
      dialect,
      status: 'failed',
      attemptCount: 1,
      createdAt,
      endpointId: endpoint?.id ?? null,
      event: { create: { ...event, type: 'webhook.test' } },
    },
    include: { event: true },
  });
  const result = await sendLoaded({ delivery, endpoint, trace: null });
  await transaction(async (tx) => {
    await logTry(tx, deliveryId, 1, result);
    if (!result.delivered) return;
    await tx.delivery.update({
      where: { id: deliveryId },
      data: { status: 'delivered', deliveredAt: clock.now() },
    });
  });
  return { deliveryId, result };
}
