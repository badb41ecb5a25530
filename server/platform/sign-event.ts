import { createHmac } from 'node:crypto';
import { signWebhook, timingSafeEqualText } from './crypto';

const PREFIX = 'whsec_';

/** A secret's key bytes by Standard Webhooks: the base64 after `whsec_`. */
function standardKey(secret: string): Buffer {
  return secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret);
}

function standardSignature(secret: string, signed: string): string {
  return `v1,${createHmac('sha256', standardKey(secret)).update(signed).digest('base64')}`;
}

/**
 * An event's signature headers in both schemes. `X-HumanRail-Signature`, or a dialect's equivalent,
 * only uses the current secret; `webhook-signature` has one signature per secret, so that receivers
 * may still use the previous one.
 * @param input.header the name of the first header; defaults to v1's.
 * @param input.secrets the current secret first.
 * @param input.timestamp Unix seconds of this attempt.
 */
export function signEvent(input: {
  header?: string;
  eventId: string;
  body: string;
  secrets: readonly [string, ...string[]];
  timestamp: number;
}): Record<string, string> {
  const { header = 'x-humanrail-signature', eventId, body, secrets, timestamp } = input;
  const signed = `${eventId}.${timestamp}.${body}`;
  return {
    [header]: signWebhook({ secret: secrets[0], timestamp, body }),
    'webhook-id': eventId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => standardSignature(secret, signed)).join(' '),
  };
}

/** Whether any of the secrets matches any signature of a `webhook-signature` header. */
export function isSignedBy(
  secrets: readonly string[],
  event: { eventId: string; timestamp: string; body: string; signatures: string },
): boolean {
  const signed = `${event.eventId}.${event.timestamp}.${event.body}`;
  const given = event.signatures.split(' ').slice(0, 10);
  return secrets.some((secret) => {
    const expected = standardSignature(secret, signed);
    return given.some((signature) => timingSafeEqualText(signature, expected));
  });
}
