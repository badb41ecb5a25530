import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '@/server/platform/deadline';

/** A response of the API. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
  replayed: boolean;
}

const PATIENCE_MS = 300_000;
const PAUSE_MS = 400;
const CALL_MS_MAX = 20_000;
/** Statuses that a client following the documentation retries. */
const RETRIED = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Calls the API until it responds, like an agent's client: retries failed or broken connections,
 * server errors and requests still in progress, with the same idempotency key.
 * @throws Error if there is no response for five minutes.
 */
export async function callUntilAnswered(
  url: string,
  apiKey: string,
  request: { method: 'GET' | 'POST'; body?: object; idempotencyKey?: string },
): Promise<Answer> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let trouble = ''; ; await sleep(PAUSE_MS)) {
    if (performance.now() > deadline) {
      throw new Error(
        `${request.method} ${url} got no response for five minutes; last: ${trouble}`,
      );
    }
    try {
      const answer = await withDeadline(CALL_MS_MAX, (signal) =>
        call(url, apiKey, request, signal),
      );
      const inFlight = answer.status === 409 && codeOf(answer) === 'idempotency_in_flight';
      if (!inFlight && !RETRIED.has(answer.status)) return answer;
      trouble = `${answer.status} ${codeOf(answer)}`;
    } catch (error) {
      trouble = String(error);
    }
  }
}

/** The `code` of an error response. */
export function codeOf({ body }: Answer): string {
  return String((body.error as { code?: string } | undefined)?.code ?? '');
}

async function call(
  url: string,
  apiKey: string,
  request: { method: string; body?: object; idempotencyKey?: string },
  signal: AbortSignal,
): Promise<Answer> {
  const response = await fetch(url, {
    method: request.method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(request.body ? { 'content-type': 'application/json' } : {}),
      ...(request.idempotencyKey ? { 'idempotency-key': request.idempotencyKey } : {}),
    },
    ...(request.body ? { body: JSON.stringify(request.body) } : {}),
    signal,
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    replayed: response.headers.get('idempotent-replayed') === 'true',
  };
}
