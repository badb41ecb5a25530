import { createEndpoint } from '@/server/features/webhooks';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId, newPrefixedId } from '@/server/platform/ids';
import { createOrganization, memberActor } from './factories';

/** A new organization with an endpoint at `url`, and its owner, who may change it. */
export async function createEndpointAt(url: string) {
  const organization = await createOrganization({ funds: 0n });
  const owner = await memberActor(organization);
  const endpoint = await createEndpoint(owner, { url });
  return { organization, owner, endpoint };
}

/** A due delivery of an event in test mode with a unique body; returns its id. */
export async function createPendingDelivery(
  organizationId: string,
  to: { endpointId: string } | { url: string },
): Promise<string> {
  const id = newId();
  const createdAt = clock.now();
  const mode = 'test';
  await db.delivery.create({
    data: {
      id,
      organizationId,
      mode,
      endpointId: 'endpointId' in to ? to.endpointId : null,
      url: 'url' in to ? to.url : 'https://never-called.example.com',
      createdAt,
      nextAttemptAt: createdAt,
      event: {
        create: {
          id: newPrefixedId('evt'),
          organizationId,
          mode,
          type: 'task.verified',
          body: `{"say":"Grüße ${id}"}`,
          createdAt,
        },
      },
    },
  });
  return id;
}
