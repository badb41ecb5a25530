import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { endTracing, startTracing } from '@/server/platform/tracing';

/** A span as received over OTLP, with its attributes as an object. */
export interface Exported {
  traceId: string;
  spanId: string;
  /** Missing on the root span. */
  parentSpanId?: string;
  traceState?: string;
  name: string;
  kind: number;
  /** Nanoseconds since 1970. */
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code: number; message?: string };
  attributes: Record<string, unknown>;
}

type WireSpan = Omit<Exported, 'attributes'> & {
  attributes: { key: string; value: Record<string, unknown> }[];
};
interface WireRequest {
  resourceSpans: { scopeSpans: { spans: WireSpan[] }[] }[];
}

export interface OtlpCollector {
  /** All exported spans, in order of arrival; flushes this process's pending spans first. */
  spans(): Promise<Exported[]>;
  /** The endpoint for other processes, without `/v1/traces`. */
  url(): string;
  /** Sets the collector's response from now on. */
  answer(status: number): void;
}

/**
 * A double of an OpenTelemetry collector that accepts OTLP as JSON, for the test file that calls
 * this at its top level; tracing is on while the file runs.
 */
export function useOtlpCollector(): OtlpCollector {
  const spans: Exported[] = [];
  let status = 200;
  let server: Server;
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const start = () => startTracing({ endpoint: `${url()}/`, serviceName: 'test', share: 1 });

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const isTaken = status === 200 && request.url === '/v1/traces';
      if (isTaken) spans.push(...spansOf(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(isTaken ? 200 : status, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await start();
  });

  afterAll(async () => {
    await endTracing();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    async spans() {
      await endTracing();
      await start();
      return [...spans];
    },
    url,
    answer: (next) => {
      status = next;
    },
  };
}

function spansOf(text: string): Exported[] {
  const { resourceSpans } = JSON.parse(text) as WireRequest;
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
    .map(({ attributes, ...span }) => ({
      ...span,
      attributes: Object.fromEntries(
        attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
      ),
    }));
}
