import { Middleware } from 'inngest';

/**
 * Sends every event's `ts` as a whole number of milliseconds, whether a job or the outbox sends it.
 * Inngest refuses a request as soon as one of its events has a fraction, and due times are
 * computed: as a share of an SLA, from reading speeds, from seconds such as 1.0005. Rounds up,
 * because what runs before it is due finds nothing to do.
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
