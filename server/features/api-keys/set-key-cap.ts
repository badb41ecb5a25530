import { assertAllowed, audit, canSetSpendLimits } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { ApiKeyEnded } from './errors';
import { type ApiKeySummary, getKeyRow, summaryOf } from './queries';
import { SetKeyCap } from './schema';

/**
 * Sets how many sats a key may spend per day, midnight to midnight UTC; null removes the cap.
 * Applies from the next create, counting what the key has already spent today.
 * @throws NotFound, Forbidden; ApiKeyEnded 409.
 */
export async function setKeyCap(actor: Actor, input: SetKeyCap): Promise<ApiKeySummary> {
  const { id, maxSpendSatsPerDay: cap } = SetKeyCap.parse(input);
  const maxSpendSatsPerDay = cap === null ? null : BigInt(cap);
  const row = await transaction(async (tx) => {
    const key = await getKeyRow(tx, actor, id);
    assertAllowed(canSetSpendLimits(actor), 'Only owners and admins can set spend caps.');
    const { count } = await tx.apiKey.updateMany({
      where: {
        id: key.id,
        revokedAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: clock.now() } }],
      },
      data: { maxSpendSatsPerDay },
    });
    if (count === 0) throw new ApiKeyEnded();
    await audit(tx, actor, 'api_key.cap_changed', `api_key:${key.id}`, {
      name: key.name,
      max_spend_sats: cap,
    });
    return { ...key, maxSpendSatsPerDay };
  });
  return summaryOf(row);
}
