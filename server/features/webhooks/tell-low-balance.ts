import { z } from 'zod';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { eventIdOf } from './dialects';
import { LOW_BALANCE_EVENT, type LowBalanceEvent } from './schema';

/** A balance that fell below its alert threshold, from the outbox. */
export const LowBalanceFact = z.object({
  eventId: z.uuid(),
  organizationId: z.uuid(),
  mode: z.enum(['live', 'test']),
  availableSats: z.number().int(),
  heldSats: z.number().int(),
  thresholdSats: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type LowBalanceFact = z.infer<typeof LowBalanceFact>;

/**
 * Stores `balance.low` for the organization's enabled, subscribed endpoints: one row per event, one
 * delivery per endpoint. It has no task, so callback URLs do not get it. Idempotent.
 * @returns the deliveries still to be made.
 */
export async function createLowBalanceDeliveries(
  tx: Tx,
  fact: LowBalanceFact,
): Promise<{ id: string; url: string; attemptCount: number }[]> {
  const { organizationId, mode } = fact;
  const endpoints = await tx.endpoint.findMany({
    where: {
      ...{ organizationId, mode, status: 'enabled', deletedAt: null },
      OR: [{ events: { isEmpty: true } }, { events: { has: LOW_BALANCE_EVENT } }],
    },
    select: { id: true, url: true },
  });
  if (endpoints.length === 0) return [];
  const body = bodyOf(fact);
  const of = { organizationId, mode };
  await tx.webhookEvent.createMany({
    data: [
      {
        ...{ ...of, id: body.id, type: body.type, body: JSON.stringify(body) },
        createdAt: fact.createdAt,
      },
    ],
    skipDuplicates: true,
  });
  const now = clock.now();
  await tx.delivery.createMany({
    data: endpoints.map(({ id, url }) => ({
      ...{ ...of, id: newId(), eventId: body.id, endpointId: id, url },
      ...{ createdAt: now, nextAttemptAt: now },
    })),
    skipDuplicates: true,
  });
  return tx.delivery.findMany({
    where: { eventId: body.id, status: 'pending' },
    orderBy: { id: 'asc' },
    select: { id: true, url: true, attemptCount: true },
  });
}

function bodyOf(fact: LowBalanceFact): LowBalanceEvent {
  const { eventId, mode, availableSats, heldSats, thresholdSats, createdAt } = fact;
  return {
    id: eventIdOf(eventId),
    object: 'event',
    type: LOW_BALANCE_EVENT,
    mode,
    created_at: createdAt,
    data: {
      ...{ object: 'balance', mode, available_sats: availableSats, held_sats: heldSats },
      threshold_sats: thresholdSats,
    },
  };
}
