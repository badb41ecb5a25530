import { enqueue } from '@/server/platform/outbox';
import { createOrganization } from './create-organization';
import { openAccount } from './open-account';
import { SignUp } from './schema';

/**
 * Signs up a new user and creates an organization that they own. Other features react to
 * `organization.created`.
 * @returns null if the address has an account, whose owner is then e-mailed; see `openAccount`.
 * @throws TooManySignUps 429; ZodError for an invalid name, address or password.
 */
export async function signUp(
  input: SignUp,
  network: string | null = null,
): Promise<{ organizationId: string; userId: string } | null> {
  const { organization: name, ...person } = SignUp.parse(input);
  return openAccount(person, { network }, async (tx, user) => {
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
}
