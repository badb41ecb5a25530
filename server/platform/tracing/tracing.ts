import { processWide } from '../process-wide';
import type { Tracing, TracingSettings } from './span';

const holder = processWide(
  'tracing',
  (): { current: Tracing | null; starting: Promise<Tracing> | null } => ({
    current: null,
    starting: null,
  }),
);

/** Loads the exporter; OpenTelemetry's SDK is not loaded otherwise. */
export function startTracing(settings: TracingSettings): Promise<Tracing> {
  holder.starting ??= import('./otlp').then(({ openTracing }) => {
    holder.current = openTracing(settings);
    return holder.current;
  });
  return holder.starting;
}

/** Null if tracing is disabled or has not started. */
export function tracing(): Tracing | null {
  return holder.current;
}

/** The same, once it has started. */
export async function tracingBegun(): Promise<Tracing | null> {
  return holder.starting;
}

/** Whether tracing is enabled, or starting. */
export function isTracingOn(): boolean {
  return holder.starting !== null;
}

/** Flushes spans before the process exits. */
export async function endTracing(): Promise<void> {
  const ending = await holder.starting;
  Object.assign(holder, { current: null, starting: null });
  await ending?.end();
}
