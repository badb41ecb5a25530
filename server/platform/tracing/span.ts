/** An ended span with its original times. */
export interface Span {
  traceId: string;
  spanId: string;
  /** Null for a trace's root span. */
  parentSpanId: string | null;
  /** The `tracestate` of its trace. */
  state: string | null;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer';
  /** Milliseconds since 1970, with fractions if known. */
  startMs: number;
  endMs: number;
  /** IDs, statuses and numbers; no content and no personal data. */
  attributes: Readonly<Record<string, string | number | boolean>>;
  /** The error, or null. */
  error: string | null;
}

/** Exports spans. Never throws, and only `send` waits for the collector. */
export interface Tracing {
  /** Whether a trace that starts here is recorded; the same decision in every process. */
  isSampled(traceId: string): boolean;
  /** Exports a span within seconds, in a batch; lost if the process is killed before. */
  add(span: Span): void;
  /** Exports spans and waits for the collector's response or the timeout. */
  send(spans: readonly Span[]): Promise<void>;
  /** Flushes and shuts down. */
  end(): Promise<void>;
}

/** Collector settings. */
export interface TracingSettings {
  /** Without `/v1/traces`, such as `http://localhost:4318`. */
  endpoint: string;
  serviceName: string;
  /** Sampling rate of traces that start here, 0 to 1; for others the caller decides. */
  share: number;
}
