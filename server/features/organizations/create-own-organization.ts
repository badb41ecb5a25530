import { transaction } from '@/server/platform/db';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { createOrganization } from './create-organization';
import { TooManyOrganizations } from './errors';
import { CreateOrganization } from './schema';

/** Each one comes with play sats and simulated work. */
const BY_USER: RateLimit = { limit: 10, windowSeconds: 24 * 3_600 };

/**
 * Creates another organization owned by the user. Other features react to `organization.created`.
 * @throws TooManyOrganizations 429; ZodError for an invalid name.
 */
export async function createOwnOrganization(
  userId: string,
  input: CreateOrganization,
): Promise<{ organizationId: string }> {
  const { name } = CreateOrganization.parse(input);
  const state = await consume(`organizations:user:${userId}`, BY_USER);
  if (!state.allowed) throw new TooManyOrganizations(state.retryAfterSeconds);
  const organizationId = await transaction(async (tx) => {
    const { id } = await createOrganization(tx, { name, ownerUserId: userId });
    await enqueue(tx, [
      {
        topic: 'organization.created',
        key: `organization.created:${id}`,
        data: { organizationId: id },
      },
    ]);
    return id;
  });
  kickOutbox();
  return { organizationId };
}
