export type { Span } from './span';
export {
  callerTrace,
  readTraceContext,
  spanIdOf,
  type TraceContext,
  type TraceHeaders,
  traceHeaders,
  traceIdOf,
} from './trace-context';
export { type ThingTrace, traceOf } from './trace-of';
export {
  endTracing,
  isTracingOn,
  startTracing,
  tracing,
  tracingBegun,
} from './tracing';
