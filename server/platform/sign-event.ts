import { createHmac } from 'node:crypto';
import { signWebhook, timingSafeEqualText } from './crypto';

const PREFIX = 'whsec_';

/** A secret's key bytes by Standard Webhooks: what follows `whsec_`, read as base64. */
function standardKey(secret: string): Buffer {
  return secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret);
}

function standardSignature(secret: string, signed: string): string {
  return `v1,${createHmac('sha256', standardKey(secret)).update(signed).digest('base64')}`;
}

/**
 * The headers that prove who sent an event, in both schemes. `X-HumanRail-Signature`, or what a
 * dialect has in its place, is by the present secret alone; `webhook-signature` is by each, so that a
 * receiver may still hold the former one.
 * @param input.header the name of the former, unless it is v1's own.
 * @param input.secrets the present secret first.
 * @param input.timestamp Unix seconds of this try.
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

/** True where one of the secrets made one of the signatures of a `webhook-signature` header. */
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
