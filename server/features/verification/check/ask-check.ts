import { getCallbackSecrets } from '@/server/features/organizations';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { assertPublicUrl, OutboundFailure, postJson } from '@/server/platform/outbound-http';
import { signEvent } from '@/server/platform/sign-event';
import { ANSWER_BYTES_MAX, type CheckAnswer, readCheck } from './read-check';

/**
 * Rejects a URL that must not be called.
 * @throws InvalidRequest 400
 */
export function assertCheckUrl(url: string, mode: Mode): void {
  assertPublicUrl(url, { mode, param: 'check_url' });
}

const TIMEOUT_MS = 10_000;

export type CheckTry = { durationMs: number; statusCode: number | null } & (
  | { answer: CheckAnswer; error: null }
  | { answer: null; error: string }
);

/**
 * Posts `{task, output}` to a check URL once, signed like webhooks, with the organization's
 * callback secret. Does not follow redirects, and treats the response as untrusted. Never throws
 * because of the receiver's behaviour.
 */
export async function askCheck(input: {
  url: string;
  organizationId: string;
  mode: Mode;
  /** Idempotency key: the same for each attempt, so that a receiver can deduplicate. */
  id: string;
  body: { task: object; output: unknown };
  /** From DNS look-up to the last byte; default 10 s. */
  timeoutMs?: number;
}): Promise<CheckTry> {
  const { url, organizationId, mode, id, timeoutMs = TIMEOUT_MS } = input;
  const { secret, previous } = await getCallbackSecrets(organizationId);
  const body = JSON.stringify(input.body);
  const timestamp = Math.floor(clock.nowMs() / 1_000);
  const headers = {
    'user-agent': 'HumanRail-Checks/1.0',
    ...signEvent({
      eventId: id,
      body,
      secrets: previous ? [secret, previous.secret] : [secret],
      timestamp,
    }),
  };
  try {
    const response = await postJson({
      url,
      mode,
      body,
      headers,
      timeoutMs,
      bodyBytesMax: ANSWER_BYTES_MAX + 1,
    });
    const told = { durationMs: response.durationMs, statusCode: response.status };
    try {
      return { ...told, answer: readCheck(response), error: null };
    } catch (error) {
      return { ...told, answer: null, error: (error as Error).message };
    }
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    const { durationMs, message } = error;
    return { durationMs, statusCode: null, answer: null, error: message };
  }
}
