import type { Tracing } from './span';
import { readTraceContext, type TraceHeaders, traceIdOf } from './trace-context';

/** The trace that a thing is part of. */
export interface ThingTrace {
  traceId: string;
  /** The caller's span; null where the trace begins with the thing. */
  callerSpanId: string | null;
  state: string | null;
  /** Whether it is recorded: as the caller wants it, else by the share of traces that are. */
  isSampled: boolean;
}

/**
 * The trace of a thing, such as `task:<id>`: its caller's, else one of its own, which is the same whoever asks.
 * @param kept what was kept with the thing; null where its caller named no trace.
 */
export function traceOf(
  thing: string,
  kept: TraceHeaders | null,
  tracer: Pick<Tracing, 'isSampled'>,
): ThingTrace {
  const caller = kept && readTraceContext(kept.traceparent, kept.tracestate);
  if (caller) {
    const { traceId, spanId, state, isSampled } = caller;
    return { traceId, callerSpanId: spanId, state, isSampled };
  }
  const traceId = traceIdOf(thing);
  return { traceId, callerSpanId: null, state: null, isSampled: tracer.isSampled(traceId) };
}
