import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { assertActsForOrganization, assertAllowed, canManageOrganization } from './access';
import { audit } from './record-audit';
import { RenameOrganization } from './schema';

/**
 * Changes what the organization is called, for people and in e-mails; nothing else hangs on it.
 * @throws NotFound, Forbidden for who is neither owner nor admin; ZodError for what is no name.
 */
export async function renameOrganization(
  actor: Actor,
  input: RenameOrganization,
): Promise<RenameOrganization> {
  const { name } = RenameOrganization.parse(input);
  const { organizationId } = assertActsForOrganization(actor, 'organization');
  assertAllowed(canManageOrganization(actor), 'Owners and admins name the organization.');
  await transaction(async (tx) => {
    const former = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
    if (former.name === name) return;
    await tx.organization.update({ where: { id: organizationId }, data: { name } });
    await audit(tx, actor, 'organization.renamed', `organization:${organizationId}`, {
      from: former.name,
      to: name,
    });
  });
  return { name };
}
