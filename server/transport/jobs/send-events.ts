import type { Inngest } from 'inngest';
import { withDeadline } from '@/server/platform/deadline';
import { EngineUnavailable, type OutgoingEvent } from '@/server/platform/outbox';
import { wholeMilliseconds } from './whole-milliseconds';

const EVENTS_PER_REQUEST = 500;
const PATIENCE_MS = 15_000;

/** The engine rejects the events themselves; retrying will not help. */
export class EventsRefused extends Error {
  override name = 'EventsRefused';
}

/** Statuses caused by the engine or the key, not by the events. */
const NOT_OF_THE_EVENTS = new Set([401, 403, 404, 408, 425, 429]);

/**
 * Sends events to the engine; their IDs make it idempotent. The SDK's own `send` retries everything
 * for seconds, and does not tell whether the events or the engine are at fault.
 * @throws EventsRefused or EngineUnavailable; events of earlier requests may have been accepted.
 */
export async function sendEvents(client: Inngest, events: readonly OutgoingEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += EVENTS_PER_REQUEST) {
    await post(client, events.slice(start, start + EVENTS_PER_REQUEST).map(wholeMilliseconds));
  }
}

async function post(client: Inngest, events: OutgoingEvent[]): Promise<void> {
  const url = new URL(`e/${client.eventKey ?? 'NO_EVENT_KEY_SET'}`, client.eventBaseUrl);
  let ok: boolean;
  let status: number;
  let text: string;
  try {
    ({ ok, status, text } = await withDeadline(PATIENCE_MS, async (signal) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(events),
        signal,
      });
      return { ok: response.ok, status: response.status, text: await response.text() };
    }));
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    throw new EngineUnavailable(
      `The engine at ${url.origin} is not responding: ${cause?.message || message}`,
    );
  }
  if (ok && isAccepted(text)) return;
  const words = `The engine responded with ${status}: ${text.slice(0, 500)}`;
  const isRefusal = status >= 400 && status < 500;
  if (isRefusal && !NOT_OF_THE_EVENTS.has(status)) throw new EventsRefused(words);
  throw new EngineUnavailable(words);
}

/** The engine confirms in the body; otherwise something else responded. */
function isAccepted(text: string): boolean {
  try {
    const body = JSON.parse(text) as { status?: unknown; error?: unknown };
    return body.status === 200 && !body.error;
  } catch {
    return false;
  }
}
