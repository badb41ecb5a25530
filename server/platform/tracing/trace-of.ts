import type { Tracing } from './span';
import { readTraceContext, type TraceHeaders, traceIdOf } from './trace-context';

/** The trace that a subject belongs to. */
export interface ThingTrace {
  traceId: string;
  /** The caller's span; null if the trace starts with the subject. */
  callerSpanId: string | null;
  state: string | null;
  /** Whether it is recorded: decided by the caller, else by the sampling rate. */
  isSampled: boolean;
}

/**
 * The trace of a subject, such as `task:<id>`: its caller's, else its own deterministic one.
 * @param kept the trace context stored with the subject, or null.
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
