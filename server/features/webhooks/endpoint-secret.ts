import { randomBytes } from 'node:crypto';
import type { Endpoint } from '@/prisma/generated/client';
import { decrypt, encrypt } from '@/server/platform/crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;
/** How long the previous secret keeps signing after a rotation. */
export const OVERLAP_MS = 24 * 60 * 60 * 1_000;

/** A new signing secret: `whsec_` and 32 random bytes in base64, as in Standard Webhooks. */
export function newEndpointSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

const contextOf = (endpointId: string) => `endpoint:${endpointId}`;

export function sealEndpointSecret(endpointId: string, secret: string): string {
  return encrypt(secret, contextOf(endpointId));
}

/** The current signing secrets: the current one, then the previous one during a rotation. */
export function openEndpointSecrets(
  endpoint: Pick<Endpoint, 'id' | 'secret' | 'previousSecret' | 'previousSecretExpiresAt'>,
  now: Date,
): [string, ...string[]] {
  const { id, secret, previousSecret, previousSecretExpiresAt } = endpoint;
  const present = decrypt(secret, contextOf(id));
  const overlaps = previousSecretExpiresAt !== null && previousSecretExpiresAt > now;
  return previousSecret && overlaps ? [present, decrypt(previousSecret, contextOf(id))] : [present];
}
