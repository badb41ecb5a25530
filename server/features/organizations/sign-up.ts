import { transaction } from '@/server/platform/db';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { createOrganization } from './create-organization';
import { createUser } from './create-user';
import { SignUp } from './schema';

/**
 * Somebody new signs up: a user, and an organization that this user owns. `organization.created`
 * tells other features, which may welcome it.
 * @throws EmailTaken 409; ZodError for what is no name, address or password.
 */
export async function signUp(input: SignUp): Promise<{ organizationId: string; userId: string }> {
  const { organization: name, ...person } = SignUp.parse(input);
  const made = await transaction(async (tx) => {
    const user = await createUser(tx, person);
    const organization = await createOrganization(tx, { name, ownerUserId: user.id });
    await enqueue(tx, [
      {
        topic: 'organization.created',
        key: `organization.created:${organization.id}`,
        data: { organizationId: organization.id },
      },
    ]);
    return { organizationId: organization.id, userId: user.id };
  });
  kickOutbox();
  return made;
}
