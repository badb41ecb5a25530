import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { TestModeOnly } from './errors';

/**
 * The organization whose test mode the actor may control.
 * @throws TestModeOnly 403, NotFound
 */
export function assertTestMode(actor: Actor): string {
  const { organizationId, mode } = assertActsForOrganization(actor, 'test clock');
  if (mode !== 'test') throw new TestModeOnly();
  return organizationId;
}
