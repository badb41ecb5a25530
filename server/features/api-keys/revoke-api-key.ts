import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { assertManagesKeys } from './access';
import { knownKeys } from './known-keys';
import { type ApiKeySummary, getKeyRow, summaryOf } from './queries';

/**
 * Ends a key for good: at once in this process, within five seconds in all others. Revoking a
 * revoked key changes nothing.
 * @throws NotFound, Forbidden
 */
export async function revokeApiKey(actor: Actor, id: string): Promise<ApiKeySummary> {
  const row = await transaction(async (tx) => {
    const key = await getKeyRow(tx, actor, id);
    assertManagesKeys(actor, key.mode);
    const { count } = await tx.apiKey.updateMany({
      where: { id: key.id, revokedAt: null },
      data: { revokedAt: clock.now() },
    });
    if (count > 0) {
      await audit(tx, actor, 'api_key.revoked', `api_key:${key.id}`, { name: key.name });
    }
    return tx.apiKey.findUniqueOrThrow({ where: { id: key.id } });
  });
  knownKeys().forget(row.hash);
  return summaryOf(row);
}
