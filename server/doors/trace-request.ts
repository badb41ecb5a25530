import { wallClock } from '@/server/platform/clock';
import { newId } from '@/server/platform/ids';
import { readTraceContext, spanIdOf, traceIdOf, tracing } from '@/server/platform/tracing';

/** Polled by machines every few seconds, and useless in a trace. */
const UNTRACED = new Set(['/healthz', '/readyz', '/v0/healthz', '/metrics', '/api/inngest']);

/** Ends a request's span with the response's status. */
export type EndRequest = (status: number) => void;

/**
 * Returns a function that starts the span of a request to a route, as a child of the caller's span
 * if given, or returns null if the trace is not recorded.
 * @param route the path from the table, never from the request.
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
    // Headers are only read if needed: reading them costs more than the rest.
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
        error: status >= 500 ? `The response status was ${status}.` : null,
      });
  };
}
