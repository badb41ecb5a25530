import { WebhookSignatureError } from './errors.js';
import type { WebhookEvent } from './types/account.js';
import { type VerifyWebhookSignatureInput, verifyWebhookSignature } from './webhook-signature.js';
import { fromWire } from './wire-case.js';

/**
 * Verifies a webhook and gives its event, with the task in `data` spelled as this package spells it.
 * Throws WebhookSignatureError where the signature does not fit.
 */
export function parseWebhookEvent<Output = unknown>(
  input: VerifyWebhookSignatureInput,
): WebhookEvent<Output> {
  if (!verifyWebhookSignature(input)) {
    throw new WebhookSignatureError(
      'The webhook was not signed with this secret in the last minutes. Pass the raw body, not parsed JSON, and the secret of this endpoint.',
    );
  }
  const { payload } = input;
  const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
  return fromWire(JSON.parse(text));
}
