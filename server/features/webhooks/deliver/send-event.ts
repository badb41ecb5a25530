import type { Mode } from '@/server/platform/actor';
import { wallClock } from '@/server/platform/clock';
import { noteWebhook } from '@/server/platform/metrics';
import { OutboundFailure, postJson } from '@/server/platform/outbound-http';
import { signEvent } from '@/server/platform/sign-event';
import { parseRetryAfterMs } from './retry-schedule';

const TIMEOUT_MS = 15_000;

/** The result of one attempt. */
export interface TryResult {
  delivered: boolean;
  /** Whether the receiver permanently rejects events. */
  gone: boolean;
  statusCode: number | null;
  /** Why it does not count as delivered, or null. */
  error: string | null;
  durationMs: number;
  responseBody: string;
  retryAfterMs: number | null;
}

/**
 * Posts an event once. Only a 2xx within 15 s counts as delivered; redirects are not followed and
 * count as failures.
 */
export async function sendEvent(input: {
  url: string;
  mode: Mode;
  /** The dialect's signature header. */
  signatureHeader: string;
  eventId: string;
  body: string;
  /** Trace context headers. */
  trace: Readonly<Record<string, string>>;
  secrets: readonly [string, ...string[]];
}): Promise<TryResult> {
  const { url, mode, signatureHeader: header, eventId, body, trace, secrets } = input;
  const timestamp = Math.floor(wallClock.nowMs() / 1_000);
  const headers = {
    'user-agent': 'HumanRail-Webhooks/1.0',
    ...trace,
    ...signEvent({ header, eventId, body, secrets, timestamp }),
  };
  try {
    const answer = await postJson({ url, mode, body, headers, timeoutMs: TIMEOUT_MS });
    const delivered = answer.status >= 200 && answer.status < 300;
    noteWebhook(delivered ? 'delivered' : 'refused', answer.durationMs);
    const busy = answer.status === 429 || answer.status === 503;
    return {
      delivered,
      gone: answer.status === 410,
      statusCode: answer.status,
      error: delivered ? null : faultOf(answer.status, answer.headers.location),
      durationMs: answer.durationMs,
      responseBody: answer.bodyText,
      retryAfterMs: busy
        ? parseRetryAfterMs(answer.headers['retry-after'], wallClock.nowMs())
        : null,
    };
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    noteWebhook('unreachable', error.durationMs);
    return {
      delivered: false,
      gone: false,
      statusCode: null,
      error: error.message,
      durationMs: error.durationMs,
      responseBody: '',
      retryAfterMs: null,
    };
  }
}

function faultOf(status: number, location: string | undefined): string {
  if (status >= 300 && status < 400) {
    return `It responded with a redirect${location ? ` to ${location.slice(0, 200)}` : ''}; set the endpoint's URL to where it leads.`;
  }
  return `It responded with ${status}; only a 2xx counts as delivered.`;
}
