import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertManagesWebhooks } from './access';
import { newEndpointSecret, OVERLAP_MS, sealEndpointSecret } from './endpoint-secret';
import { getEndpointRow, renderEndpoint } from './queries';
import type { RotatedEndpoint } from './schema';

/**
 * Rotates an endpoint's signing secret. For 24 hours `webhook-signature` has signatures of both, so
 * that receivers can switch without losing events; `X-HumanRail-Signature` uses the new one at
 * once.
 * @throws NotFound 404, Forbidden 403
 */
export async function rotateSecret(actor: Actor, id: string): Promise<RotatedEndpoint> {
  assertManagesWebhooks(actor);
  await getEndpointRow(actor, id);
  const secret = newEndpointSecret();
  const sealed = sealEndpointSecret(id, secret);
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + OVERLAP_MS);
  const row = await transaction(async (tx) => {
    // One statement, so that a concurrent rotation keeps the first one's secret as the previous
    // one.
    const rotated = await tx.$executeRaw`
      UPDATE endpoints
         SET previous_secret = secret, secret = ${sealed},
             previous_secret_expires_at = ${expiresAt}, updated_at = ${now}
       WHERE id = ${id}::uuid AND deleted_at IS NULL`;
    if (rotated === 0) throw new NotFound('webhook endpoint', id);
    await audit(tx, actor, 'endpoint.secret_rotated', `endpoint:${id}`);
    return tx.endpoint.findUniqueOrThrow({ where: { id } });
  });
  return {
    ...renderEndpoint(row),
    secret,
    previous_secret_expires_at: expiresAt.toISOString(),
  };
}
