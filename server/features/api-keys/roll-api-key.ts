import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { assertManagesKeys } from './access';
import { insertKey, type NewApiKey } from './create-api-key';
import { ApiKeyEnded } from './errors';
import { findKey } from './find-key';
import { getKeyRow } from './queries';
import { RollApiKey } from './schema';

/**
 * Replaces a key with a new one of the same name, mode, scopes, cap and lifetime. The old key stays
 * valid for `overlapSeconds` (default: one day), or until it expires if that is earlier.
 * @throws NotFound, Forbidden; ApiKeyEnded 409.
 */
export async function rollApiKey(actor: Actor, input: RollApiKey): Promise<NewApiKey> {
  const { id, overlapSeconds } = RollApiKey.parse(input);
  const { fresh, formerHash } = await transaction(async (tx) => {
    const former = await getKeyRow(tx, actor, id);
    const manager = assertManagesKeys(actor, former.mode);
    const now = clock.now();
    const end = new Date(now.getTime() + overlapSeconds * 1_000);
    const { count } = await tx.apiKey.updateMany({
      where: {
        id: former.id,
        revokedAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      },
      data: { expiresAt: former.expiresAt && former.expiresAt < end ? former.expiresAt : end },
    });
    if (count === 0) throw new ApiKeyEnded();
    await audit(tx, actor, 'api_key.rolled', `api_key:${former.id}`, {
      name: former.name,
      overlap_seconds: overlapSeconds,
    });
    return {
      formerHash: former.hash,
      fresh: await insertKey(tx, manager, {
        name: former.name,
        mode: former.mode,
        scopes: former.scopes as NewApiKey['scopes'],
        expiresAt: former.expiresAt && sameLifetime(former.createdAt, former.expiresAt, now),
        maxSpendSatsPerDay: former.maxSpendSatsPerDay,
      }),
    };
  });
  findKey.forget(formerHash);
  return fresh;
}

function sameLifetime(createdAt: Date, expiresAt: Date, now: Date): Date {
  return new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime());
}
