import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { assertPublicUrl } from '@/server/platform/outbound-http';
import { assertManagesWebhooks } from './access';
import { EndpointChanged } from './errors';
import { getEndpointRow, renderEndpoint } from './queries';
import type { Endpoint, UpdateEndpoint } from './schema';

/** The disabled reason if its own organization disabled it. */
export const DISABLED_BY_OWNER = 'Disabled by its owner.';

/**
 * Changes the given fields only. Pending deliveries go to the new URL.
 * @param from the state the change is based on, for optimistic locking
 * @throws NotFound 404, EndpointChanged 409, Forbidden 403, InvalidRequest 400 for a disallowed
 * URL.
 */
export async function updateEndpoint(
  actor: Actor,
  id: string,
  input: UpdateEndpoint,
  from: { expectedUpdatedAt?: string | undefined } = {},
): Promise<Endpoint> {
  const { mode } = assertManagesWebhooks(actor);
  const { status, url, events, description } = input;
  await getEndpointRow(actor, id);
  const href = url === undefined ? undefined : assertPublicUrl(url, { mode }).href;
  const row = await transaction(async (tx) => {
    await assertUnchanged(tx, id, from.expectedUpdatedAt);
    const updated = await tx.endpoint.update({
      where: { id },
      data: {
        url: href,
        description,
        events: events && [...new Set(events)],
        updatedAt: clock.now(),
        ...(status === 'enabled' ? { status, disabledReason: null, failingSince: null } : {}),
        ...(status === 'disabled' ? { status, disabledReason: DISABLED_BY_OWNER } : {}),
      },
    });
    await audit(tx, actor, 'endpoint.updated', `endpoint:${id}`, { ...input });
    return updated;
  });
  return renderEndpoint(row);
}

/** Locks the endpoint and detects concurrent changes. */
async function assertUnchanged(tx: Tx, id: string, expected: string | undefined): Promise<void> {
  if (expected === undefined) return;
  const [row] = await tx.$queryRaw<{ updatedAt: Date }[]>`
    SELECT updated_at AS "updatedAt" FROM endpoints WHERE id = ${id}::uuid FOR UPDATE`;
  if (row?.updatedAt.toISOString() !== expected) throw new EndpointChanged();
}
