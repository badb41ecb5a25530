import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret as those of endpoints are. */
export function newSecret(): string {
  return `${PREFIX}${randomBytes(32).toString('base64')}`;
}

/** The headers that prove who sent an event, in both schemes, as real webhooks carry them. */
export function signedHeaders(
  secret: string,
  event: { id: string; body: string },
  timestamp = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const { id, body } = event;
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const standard = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'x-humanrail-signature': `t=${timestamp},v1=${digest}`,
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${standard}`,
  };
}

/** True for what `newSecret` and the API make: `whsec_` and base64. */
export function isSecret(text: string): boolean {
  return /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(text);
}
