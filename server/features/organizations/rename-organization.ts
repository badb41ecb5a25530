import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { assertActsForOrganization, assertAllowed, canManageOrganization } from './access';
import { audit } from './record-audit';
import { RenameOrganization } from './schema';

/**
 * Renames the organization; only affects what people see.
 * @throws NotFound, Forbidden unless the actor is an owner or admin; ZodError for an invalid name.
 */
export async function renameOrganization(
  actor: Actor,
  input: RenameOrganization,
): Promise<RenameOrganization> {
  const { name } = RenameOrganization.parse(input);
  const { organizationId } = assertActsForOrganization(actor, 'organization');
  assertAllowed(
    canManageOrganization(actor),
    'Only owners and admins can rename the organization.',
  );
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
