import { clock } from '@/server/platform/clock';
import { decrypt, encrypt } from '@/server/platform/crypto';
import { db, type Tx } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';

export interface CallbackSecrets {
  secret: string;
  /** The previous secret, while it still signs after a rotation. */
  previous: { secret: string; expiresAt: Date } | null;
}

const contextOf = (organizationId: string) => `organization:${organizationId}`;

export function sealCallbackSecret(organizationId: string, secret: string): string {
  return encrypt(secret, contextOf(organizationId));
}

/**
 * The secrets that sign requests to a task's own `callback_url`.
 * @throws NotFound if the organization does not exist.
 */
export async function getCallbackSecrets(organizationId: string): Promise<CallbackSecrets> {
  const row = await db.organization.findUnique({
    where: { id: organizationId },
    select: {
      callbackSecret: true,
      previousCallbackSecret: true,
      previousCallbackSecretExpiresAt: true,
    },
  });
  if (!row) throw new NotFound('organization', organizationId);
  const open = (sealed: string) => decrypt(sealed, contextOf(organizationId));
  const { previousCallbackSecret: former, previousCallbackSecretExpiresAt: expiresAt } = row;
  return {
    secret: open(row.callbackSecret),
    previous:
      former && expiresAt && expiresAt > clock.now() ? { secret: open(former), expiresAt } : null,
  };
}

/** Rotates the secret; the previous one keeps signing as well until `expiresAt`. */
export async function replaceCallbackSecret(
  tx: Tx,
  organizationId: string,
  secret: string,
  expiresAt: Date,
): Promise<void> {
  // One statement, so that a concurrent rotation keeps the first one's secret as the previous one.
  const replaced = await tx.$executeRaw`
    UPDATE organizations
       SET previous_callback_secret = callback_secret,
           callback_secret = ${sealCallbackSecret(organizationId, secret)},
           previous_callback_secret_expires_at = ${expiresAt}
     WHERE id = ${organizationId}::uuid AND deleted_at IS NULL`;
  if (replaced === 0) throw new NotFound('organization', organizationId);
}
