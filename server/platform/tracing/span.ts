/** A span that has ended, with the times it had. */
export interface Span {
  traceId: string;
  spanId: string;
  /** Null on the first span of a trace. */
  parentSpanId: string | null;
  /** The `tracestate` of its trace. */
  state: string | null;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer';
  /** Milliseconds since 1970, with fractions where they are known. */
  startMs: number;
  endMs: number;
  /** Ids, states and figures; no content and nothing about a person. */
  attributes: Readonly<Record<string, string | number | boolean>>;
  /** Why it counts as failed; null where it does not. */
  error: string | null;
}

/** Where spans go. Nothing here throws, and nobody waits for a collector but who asks for it. */
export interface Tracing {
  /** Whether a trace that begins here is to be recorded; the same in every process. */
  isSampled(traceId: string): boolean;
  /** Hands a span on within seconds, with others; one that a killed process has not handed on is lost. */
  add(span: Span): void;
  /** Hands spans on and waits for the collector's answer, or until it has had its time. */
  send(spans: readonly Span[]): Promise<void>;
  /** Hands on what was added, and ends. */
  end(): Promise<void>;
}

/** Where the collector is, and what is sent there. */
export interface TracingSettings {
  /** Without `/v1/traces`, as in `http://localhost:4318`. */
  endpoint: string;
  serviceName: string;
  /** The share of traces that begin here to record, 0 to 1; of others their caller decides. */
  share: number;
}
