import type { ApiKey } from '@/prisma/generated/client';
import { isSuspended, OrganizationSuspended } from '@/server/features/organizations';
import type { Actor, Scope } from '@/server/platform/actor';
import { parseApiKeyText } from '@/server/platform/api-key-text';
import { clock } from '@/server/platform/clock';
import { ExpiredApiKey, InvalidApiKey, RevokedApiKey } from './errors';
import { findKey } from './find-key';
import { noteUse } from './note-use';

type KeyActor = Extract<Actor, { kind: 'key' }>;

/**
 * Authenticates a key. A mistyped key is rejected by its checksum without a read. Valid keys are
 * cached for 2.5 seconds: a revocation by another process takes effect within that time, one by
 * this process at once.
 * @throws InvalidApiKey, RevokedApiKey, ExpiredApiKey (401)
 */
export async function authenticateKey(text: string): Promise<KeyActor> {
  const parsed = parseApiKeyText(text);
  if (!parsed) throw new InvalidApiKey();
  const key = findKey.fresh(parsed.hash) ?? (await findKey(parsed.hash));
  if (!key) throw new InvalidApiKey();
  if (key.revokedAt) throw new RevokedApiKey();
  if (key.expiresAt && key.expiresAt <= clock.now()) throw new ExpiredApiKey(key.expiresAt);
  noteUse(key);
  const { organizationId } = key;
  const suspended = isSuspended.fresh(organizationId) ?? (await isSuspended(organizationId));
  const actor = actorOf(key);
  return suspended ? { ...actor, writesRefused: new OrganizationSuspended() } : actor;
}

function actorOf(key: ApiKey): KeyActor {
  return {
    kind: 'key',
    organizationId: key.organizationId,
    mode: key.mode,
    keyId: key.id,
    scopes: key.scopes as Scope[],
  };
}
