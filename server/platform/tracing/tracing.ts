import { processWide } from '../process-wide';
import type { Tracing, TracingSettings } from './span';

const holder = processWide(
  'tracing',
  (): { current: Tracing | null; starting: Promise<Tracing> | null } => ({
    current: null,
    starting: null,
  }),
);

/** Loads what exports spans, and begins; without a call of it, nothing of OpenTelemetry's SDK is loaded for it. */
export function startTracing(settings: TracingSettings): Promise<Tracing> {
  holder.starting ??= import('./otlp').then(({ openTracing }) => {
    holder.current = openTracing(settings);
    return holder.current;
  });
  return holder.starting;
}

/** Null where tracing is off, or has not begun. */
export function tracing(): Tracing | null {
  return holder.current;
}

/** The same, once it has begun. */
export async function tracingBegun(): Promise<Tracing | null> {
  return holder.starting;
}

/** Whether tracing is on, or about to be. */
export function isTracingOn(): boolean {
  return holder.starting !== null;
}

/** Hands on what is left, as a process does that stops. */
export async function endTracing(): Promise<void> {
  const ending = await holder.starting;
  Object.assign(holder, { current: null, starting: null });
  await ending?.end();
}
