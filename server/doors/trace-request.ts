import { wallClock } from '@/server/platform/clock';
import { newId } from '@/server/platform/ids';
import { readTraceContext, spanIdOf, traceIdOf, tracing } from '@/server/platform/tracing';

/** Asked for every few seconds by machines, and of no use in a trace. */
const UNTRACED = new Set(['/healthz', '/readyz', '/v0/healthz', '/metrics', '/api/inngest']);

/** Ends the span of a request with the status of its answer. */
export type EndRequest = (status: number) => void;

/**
 * What begins the span of each request to a route, as a child of the caller's span where it names one; it gives null
 * where the trace is not recorded.
 * @param route the path as the table has it; never as it was asked for.
 */
export function requestTracer(
  method: string,
  route: string,
  operation: string,
): (request: Request) => EndRequest | null {
  if (UNTRACED.has(route)) return () => null;
  const shared = { 'http.request.method': method, 'http.route': route };
  return (request) => {
    const tracer = tracing();
    // Headers are read only where they are wanted: reading them costs more than the rest.
    if (tracer === null) return null;
    const { headers } = request;
    const caller = readTraceContext(headers.get('traceparent'), headers.get('tracestate'));
    const own = newId();
    const traceId = caller?.traceId ?? traceIdOf(own);
    if (!(caller?.isSampled ?? tracer.isSampled(traceId))) return null;
    const startMs = wallClock.nowMs();
    const beganMs = performance.now();
    return (status) =>
      tracer.add({
        ...{ traceId, spanId: spanIdOf(own), parentSpanId: caller?.spanId ?? null },
        state: caller?.state ?? null,
        name: `${method} ${route}`,
        kind: 'server',
        startMs,
        endMs: startMs + performance.now() - beganMs,
        attributes: {
          ...shared,
          'http.response.status_code': status,
          'humanrail.operation': operation,
        },
        error: status >= 500 ? `The answer was ${status}.` : null,
      });
  };
}
