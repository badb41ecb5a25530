import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { knownKeys } from './known-keys';

/**
 * Ends every key of an organization that closes, in both modes.
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

/** From now on this process reads these keys anew. */
export function forgetKeys(hashes: readonly string[]): void {
  for (const hash of hashes) knownKeys().forget(hash);
}
