import { wallClock } from '@/server/platform/clock';
import { timeOfId } from '@/server/platform/ids';
import {
  readTraceContext,
  type Span,
  spanIdOf,
  traceHeaders,
  traceOf,
  tracing,
} from '@/server/platform/tracing';
import type { LoadedDelivery } from './load-delivery';
import type { TryResult } from './send-event';

const spanOf = (deliveryId: string) => spanIdOf(`delivery:${deliveryId}`);

/**
 * Trace context headers that continue the task's trace; empty without one. They name the delivery's
 * span, so that all attempts send the same.
 */
export function deliveryTrace({ delivery, trace }: LoadedDelivery): Record<string, string> {
  const context = trace && readTraceContext(trace.traceparent, trace.tracestate);
  if (!context) return {};
  const own = traceHeaders({ ...context, spanId: spanOf(delivery.id) });
  const { traceparent, tracestate } = own;
  return tracestate === null ? { traceparent } : { traceparent, tracestate };
}

/**
 * Exports the span of an attempt and, after the last one, of the delivery: children of the task's
 * span.
 * @param isLast whether the delivery is settled by it.
 */
export function traceTry(
  { delivery, trace }: LoadedDelivery,
  number: number,
  result: TryResult,
  isLast: boolean,
): void {
  const tracer = tracing();
  const { id, event } = delivery;
  if (tracer === null || event.taskId === null) return;
  const task = `task:${event.taskId}`;
  const { traceId, state, isSampled } = traceOf(task, trace, tracer);
  if (!isSampled) return;
  const endMs = wallClock.nowMs();
  const shared = { traceId, state, endMs, error: result.delivered ? null : faultOf(result) };
  const answered: Span['attributes'] =
    result.statusCode === null ? {} : { 'http.response.status_code': result.statusCode };
  tracer.add({
    ...shared,
    spanId: spanIdOf(`delivery:${id}:${number}`),
    parentSpanId: spanOf(id),
    name: 'POST',
    kind: 'client',
    startMs: endMs - result.durationMs,
    attributes: {
      'http.request.method': 'POST',
      'http.request.resend_count': number - 1,
      ...answered,
    },
  });
  if (!isLast) return;
  tracer.add({
    ...shared,
    spanId: spanOf(id),
    parentSpanId: spanIdOf(task),
    name: `webhook ${event.type}`,
    kind: 'producer',
    startMs: timeOfId(id),
    attributes: {
      'humanrail.task.id': event.taskId,
      'humanrail.event.id': event.id,
      'humanrail.event.type': event.type,
      'humanrail.delivery.id': id,
      'humanrail.delivery.tries': number,
      ...answered,
    },
  });
}

/** Without the receiver's response, which may contain its customers' data. */
const faultOf = ({ statusCode }: TryResult) =>
  statusCode === null ? 'No response.' : `The response status was ${statusCode}.`;
