import { createHash } from 'node:crypto';

/** A W3C Trace Context. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** Whether the trace's origin wants it recorded. */
  isSampled: boolean;
  /** Other vendors' state; null if there is none. */
  state: string | null;
}

/** A trace context as headers, and as stored with a task. */
export interface TraceHeaders {
  traceparent: string;
  tracestate: string | null;
}

const PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NONE = /^0+$/;
const SAMPLED = 1;
const STATE_MAX = 512;
const STATE_MEMBERS_MAX = 32;
/** `vendor=value` or `tenant@vendor=value`, in printable ASCII without commas and equals signs in the value. */
const STATE_MEMBER = /^[a-z0-9][a-z0-9_*/@-]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{1,256}$/;

/**
 * Parses `traceparent` and `tracestate`. Malformed headers are ignored, as the standard requires; a
 * malformed state alone is dropped.
 * @returns null if there is no trace.
 */
export function readTraceContext(
  traceparent: string | null,
  tracestate: string | null,
): TraceContext | null {
  const [, version, traceId = '', spanId = '', flags = '', more] =
    PARENT.exec(traceparent?.trim() ?? '') ?? [];
  if (version === undefined || version === 'ff' || NONE.test(traceId) || NONE.test(spanId)) {
    return null;
  }
  // Only future versions may have more parts.
  if (version === '00' && more !== undefined) return null;
  const isSampled = (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED;
  return { traceId, spanId, isSampled, state: readState(tracestate) };
}

function readState(text: string | null): string | null {
  const members = (text ?? '')
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
  const state = members.join();
  const isGood =
    members.length > 0 &&
    members.length <= STATE_MEMBERS_MAX &&
    state.length <= STATE_MAX &&
    members.every((member) => STATE_MEMBER.test(member));
  return isGood ? state : null;
}

/** Serializes a trace context. */
export function traceHeaders({ traceId, spanId, isSampled, state }: TraceContext): TraceHeaders {
  return { traceparent: `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`, tracestate: state };
}

/** The trace context of a request; null if it has none. */
export function callerTrace(headers: Headers): TraceHeaders | null {
  const traceparent = headers.get('traceparent');
  const context = traceparent && readTraceContext(traceparent, headers.get('tracestate'));
  return context ? traceHeaders(context) : null;
}

/**
 * The deterministic ID of a subject's span, such as `task:<id>`, so that exporting it again, also
 * after a crash, gives the same span.
 */
export function spanIdOf(thing: string): string {
  return hexOf(`span ${thing}`, 16);
}

/** The ID of a subject's own trace, if there is no caller's trace. */
export function traceIdOf(thing: string): string {
  return hexOf(`trace ${thing}`, 32);
}

const hexOf = (text: string, digits: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);
