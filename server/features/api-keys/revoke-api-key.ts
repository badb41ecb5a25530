import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { Forbidden, NotFound } from '@/server/platform/errors';
import { assertManagesKeys } from './access';
import { findKey } from './find-key';
import { type ApiKeySummary, getKeyRow, summaryOf } from './queries';
import { RevokeKeyOf } from './schema';

/**
 * Revokes a key permanently: at once in this process, within five seconds in all others.
 * Idempotent.
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
  findKey.forget(row.hash);
  return summaryOf(row);
}

/**
 * Lets an operator revoke an organization's key in the operator's mode, such as one that leaked.
 * Idempotent.
 * @throws Forbidden, NotFound
 */
export async function revokeKeyByOperator(actor: Actor, input: RevokeKeyOf): Promise<void> {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators of this instance can do this.');
  }
  const { keyId: id, reason } = RevokeKeyOf.parse(input);
  const key = await db.apiKey.findFirst({ where: { id, mode: actor.mode } });
  if (!key) throw new NotFound('API key', id);
  await transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: clock.now() },
    });
    if (count === 0) return;
    const facts = { name: key.name, reason };
    await audit(tx, actor, 'api_key.revoked', `api_key:${id}`, facts, key.organizationId);
  });
  findKey.forget(key.hash);
}
