/** Exports spans over OTLP. Only loaded by `startTracing`, together with OpenTelemetry's SDK. */
import {
  createTraceState,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
} from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, millisToHrTime } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  SamplingDecision,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { log } from '../log';
import { noteSpansLost } from '../metrics/instruments';
import { together } from '../together';
import type { Span, Tracing, TracingSettings } from './span';

/** Timeout of one export request. */
const EXPORT_MS_MAX = 5_000;
/** Queue limit for a slow collector; spans beyond it are dropped, uncounted. */
const WAITING_MAX = 8_192;
/** How long awaited spans are batched. */
const GATHERED_MS = 100;
const WARNED_EVERY_MS = 60_000;
const SCOPE = { name: 'humanrail' };
const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
} as const;

/**
 * Opens an exporter to the collector. Headers, such as a token, come from
 * `OTEL_EXPORTER_OTLP_HEADERS`.
 */
export function openTracing({ endpoint, serviceName, share }: TracingSettings): Tracing {
  const resource = resourceFromAttributes({ 'service.name': serviceName });
  const exporter = forgiving(
    new OTLPTraceExporter({
      url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
      timeoutMillis: EXPORT_MS_MAX,
    }),
  );
  const processor = new BatchSpanProcessor(exporter, { maxQueueSize: WAITING_MAX });
  const sampler = new TraceIdRatioBasedSampler(share);
  const sendTogether = together<readonly ReadableSpan[], void>(
    async (batches) => {
      await new Promise<void>((resolve) => exporter.export(batches.flat(), () => resolve()));
      return batches.map(() => undefined);
    },
    { waitMs: GATHERED_MS },
  );
  return {
    isSampled: (traceId) =>
      sampler.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED,
    add: (span) => processor.onEnd(readable(span, resource)),
    send: (spans) => sendTogether(spans.map((span) => readable(span, resource))),
    end: () => processor.shutdown(),
  };
}

/** An exporter that never fails: lost spans are counted, and logged at most once a minute. */
function forgiving(exporter: OTLPTraceExporter): SpanExporter {
  let warnedMs = Number.NEGATIVE_INFINITY;
  const note = ({ code, error }: ExportResult, lost: number) => {
    if (code === ExportResultCode.SUCCESS) return;
    noteSpansLost(lost);
    if (performance.now() - warnedMs < WARNED_EVERY_MS) return;
    warnedMs = performance.now();
    log.warn({ err: error, lost }, 'The collector did not accept spans');
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        note(result, spans.length);
        done({ code: ExportResultCode.SUCCESS });
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
  };
}

function readable(span: Span, resource: Resource): ReadableSpan {
  const { traceId, spanId, parentSpanId, state, startMs, error } = span;
  const endMs = Math.max(startMs, span.endMs);
  const shared = {
    traceId,
    traceFlags: TraceFlags.SAMPLED,
    ...(state === null ? {} : { traceState: createTraceState(state) }),
  };
  const own: SpanContext = { ...shared, spanId };
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => own,
    ...(parentSpanId === null
      ? {}
      : { parentSpanContext: { ...shared, spanId: parentSpanId, isRemote: false } }),
    startTime: millisToHrTime(startMs),
    endTime: millisToHrTime(endMs),
    duration: millisToHrTime(endMs - startMs),
    status:
      error === null
        ? { code: SpanStatusCode.UNSET }
        : { code: SpanStatusCode.ERROR, message: error },
    attributes: { ...span.attributes },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
