import type { Actor, Mode, OrganizationActor } from '@/server/platform/actor';
import { Forbidden } from '@/server/platform/errors';

/** The rows an actor may see; endpoints and deliveries both have these columns. */
interface Visible {
  organizationId?: string;
  mode?: Mode;
  id?: { in: string[] };
}

/** The organization's own, in the actor's mode; workers and operators see none. */
export function visibleTo(actor: Actor): Visible {
  return actor.kind === 'key' || actor.kind === 'member'
    ? { organizationId: actor.organizationId, mode: actor.mode }
    : { id: { in: [] } };
}

/**
 * The actor, if it may change its organization's endpoints.
 * @throws Forbidden for keys without the scope, viewers, workers and operators.
 */
export function assertManagesWebhooks(actor: Actor): OrganizationActor {
  if (actor.kind === 'key' && actor.scopes.includes('webhooks:write')) return actor;
  if (actor.kind === 'member' && actor.role !== 'viewer') return actor;
  if (actor.kind === 'key') {
    throw new Forbidden('missing_scope', 'This API key requires the scope webhooks:write.', {
      details: { required_scope: 'webhooks:write' },
    });
  }
  throw new Forbidden('not_allowed', 'Changing webhooks requires the developer role.');
}
