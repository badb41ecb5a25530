import { audit } from '@/server/features/organizations';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { findKey } from './find-key';

/**
 * Revokes every key of an organization that is being closed, in both modes.
 * @returns their hashes, for `forgetKeys` after the commit.
 */
export async function revokeEveryKey(tx: Tx, organizationId: string): Promise<string[]> {
  const ended = await tx.apiKey.updateManyAndReturn({
    where: { organizationId, revokedAt: null },
    data: { revokedAt: clock.now() },
    select: { hash: true },
  });
  return ended.map(({ hash }) => hash);
}

/** Revokes the keys created by a user whose account may have been set up by a stranger. */
export async function revokeKeysOf(tx: Tx, userId: string): Promise<void> {
  const ended = await tx.apiKey.updateManyAndReturn({
    where: { createdBy: `member:${userId}`, revokedAt: null },
    data: { revokedAt: clock.now() },
    select: { id: true, name: true, organizationId: true },
  });
  for (const { id, name, organizationId } of ended) {
    await audit(tx, SYSTEM, 'api_key.revoked', `api_key:${id}`, { name }, organizationId);
  }
}

/** Evicts these keys from this process's cache. */
export function forgetKeys(hashes: readonly string[]): void {
  for (const hash of hashes) findKey.forget(hash);
}
