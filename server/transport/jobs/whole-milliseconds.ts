import { Middleware } from 'inngest';

/**
 * Rounds every event's `ts` up to whole milliseconds, for jobs and outbox alike. Inngest rejects a
 * request if any event has a fraction, and due times are computed, such as from an SLA share or
 * reading speed. Rounds up, because running before the due time finds nothing to do.
 */
export class WholeMilliseconds extends Middleware.BaseMiddleware {
  readonly id = 'whole-milliseconds';

  override transformSendEvent(
    sent: Middleware.TransformSendEventArgs,
  ): Middleware.TransformSendEventArgs {
    return {
      ...sent,
      events: sent.events.map(wholeMilliseconds),
    };
  }
}

/** The event with its time in whole milliseconds. */
export function wholeMilliseconds<E extends { ts?: number }>(event: E): E {
  return event.ts === undefined ? event : { ...event, ts: Math.ceil(event.ts) };
}
