import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { assertPublicUrl } from '@/server/platform/outbound-http';
import { assertManagesWebhooks } from './access';
import { newEndpointSecret, sealEndpointSecret } from './endpoint-secret';
import { TooManyEndpoints } from './errors';
import { renderEndpoint } from './queries';
import type { CreateEndpoint, EndpointWithSecret } from './schema';

const ENDPOINTS_MAX = 16;

/**
 * Registers a URL for the organization's events. The response contains the signing secret, which is
 * stored encrypted and not shown again.
 * @throws InvalidRequest 400 for a disallowed URL, Forbidden 403, TooManyEndpoints 422.
 */
export async function createEndpoint(
  actor: Actor,
  input: CreateEndpoint,
): Promise<EndpointWithSecret> {
  const { organizationId, mode } = assertManagesWebhooks(actor);
  const { href } = assertPublicUrl(input.url, { mode });
  const id = newId();
  const secret = newEndpointSecret();
  const now = clock.now();
  const row = await transaction(async (tx) => {
    // Locks the organization's row, so that concurrent creates cannot exceed the limit.
    await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
    const count = await tx.endpoint.count({ where: { organizationId, mode, deletedAt: null } });
    if (count >= ENDPOINTS_MAX) throw new TooManyEndpoints(ENDPOINTS_MAX);
    const created = await tx.endpoint.create({
      data: {
        id,
        organizationId,
        mode,
        url: href,
        description: input.description ?? '',
        events: [...new Set(input.events)],
        secret: sealEndpointSecret(id, secret),
        createdAt: now,
        updatedAt: now,
      },
    });
    await audit(tx, actor, 'endpoint.created', `endpoint:${id}`, { url: href });
    return created;
  });
  return { ...renderEndpoint(row), secret };
}
