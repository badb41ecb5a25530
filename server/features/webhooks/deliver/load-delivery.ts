import type { Delivery, Endpoint, WebhookEvent } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';

/** A delivery with all that a try needs. `endpoint` is null where it goes to a callback URL. */
export interface LoadedDelivery {
  delivery: Delivery & { event: WebhookEvent };
  endpoint: Endpoint | null;
}

/** Reads a delivery with its event and endpoint; null where there is none. */
export async function loadDelivery(id: string): Promise<LoadedDelivery | null> {
  const delivery = await db.delivery.findUnique({ where: { id }, include: { event: true } });
  if (!delivery) return null;
  const endpoint = delivery.endpointId
    ? await db.endpoint.findUnique({ where: { id: delivery.endpointId } })
    : null;
  return { delivery, endpoint };
}
