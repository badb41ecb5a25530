import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { assertManagesWebhooks } from './access';
import { getEndpointRow } from './queries';

/**
 * Deletes an endpoint: nothing more is sent to it, including pending deliveries. Its row stays for
 * the log, without secrets.
 * @throws NotFound 404, Forbidden 403
 */
export async function deleteEndpoint(actor: Actor, id: string): Promise<void> {
  assertManagesWebhooks(actor);
  await getEndpointRow(actor, id);
  const now = clock.now();
  await transaction(async (tx) => {
    await tx.endpoint.update({
      where: { id },
      data: {
        status: 'disabled',
        deletedAt: now,
        updatedAt: now,
        secret: '',
        previousSecret: null,
        previousSecretExpiresAt: null,
      },
    });
    await audit(tx, actor, 'endpoint.deleted', `endpoint:${id}`);
  });
}
