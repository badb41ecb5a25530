import {
  audit,
  type CallbackSecrets,
  getCallbackSecrets,
  replaceCallbackSecret,
} from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { assertManagesWebhooks } from './access';
import { newEndpointSecret, OVERLAP_MS } from './endpoint-secret';
import type { CallbackSecret } from './schema';

/**
 * The secret that signs events sent to a task's own `callback_url`: one per organization, for both
 * modes. Revealing it in the dashboard is audited.
 * @throws Forbidden 403
 */
export async function getCallbackSecret(actor: Actor): Promise<CallbackSecret> {
  const { organizationId } = assertManagesWebhooks(actor);
  const secrets = await getCallbackSecrets(organizationId);
  if (actor.kind === 'member') {
    const subject = `organization:${organizationId}`;
    await transaction((tx) => audit(tx, actor, 'callback_secret.revealed', subject));
  }
  return render(secrets);
}

/**
 * Rotates the callback secret. For 24 hours `webhook-signature` has signatures of both secrets;
 * `X-HumanRail-Signature` uses the new one at once.
 * @throws Forbidden 403
 */
export async function rotateCallbackSecret(actor: Actor): Promise<CallbackSecret> {
  const { organizationId } = assertManagesWebhooks(actor);
  const expiresAt = new Date(clock.nowMs() + OVERLAP_MS);
  await transaction(async (tx) => {
    await replaceCallbackSecret(tx, organizationId, newEndpointSecret(), expiresAt);
    await audit(tx, actor, 'callback_secret.rotated', `organization:${organizationId}`);
  });
  return render(await getCallbackSecrets(organizationId));
}

function render({ secret, previous }: CallbackSecrets): CallbackSecret {
  return {
    object: 'callback_secret',
    secret,
    previous_secret_expires_at: previous?.expiresAt.toISOString() ?? null,
  };
}
