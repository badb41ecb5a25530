import { WebhookSignatureError } from './errors.js';
import type { WebhookEvent } from './types/account.js';
import { type VerifyWebhookSignatureInput, verifyWebhookSignature } from './webhook-signature.js';
import { fromWire } from './wire-case.js';

/**
 * Verifies a webhook and returns its event, with the task in `data` spelled as this package spells it.
 * Throws WebhookSignatureError if the signature is invalid.
 */
export function parseWebhookEvent<Output = unknown>(
  input: VerifyWebhookSignatureInput,
): WebhookEvent<Output> {
  if (!verifyWebhookSignature(input)) throw new WebhookSignatureError(reasonOf(input));
  const { payload } = input;
  const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
  return fromWire(JSON.parse(text));
}

function reasonOf(input: VerifyWebhookSignatureInput): string {
  const atAnyTime = { ...input, toleranceSeconds: Number.POSITIVE_INFINITY };
  return verifyWebhookSignature(atAnyTime)
    ? 'The webhook was signed with this secret, but too far from now: it is an old one, or the clock of this machine is wrong.'
    : 'The webhook was not signed with this secret. Pass the raw body, not parsed JSON, and the secret of this endpoint.';
}
