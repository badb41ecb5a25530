import { createHash } from 'node:crypto';

/** A place in a trace, as W3C Trace Context has it. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** Whether whoever began the trace wants it recorded. */
  isSampled: boolean;
  /** What other systems add; null where there is none. */
  state: string | null;
}

/** A place in a trace as headers, and as a task keeps it. */
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
 * Reads `traceparent` and `tracestate`. What is malformed counts as absent, as the standard asks for: the state alone
 * where only that is.
 * @returns null where there is no trace.
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
  // Only versions that are still to come may say more.
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

/** A place in a trace as headers. */
export function traceHeaders({ traceId, spanId, isSampled, state }: TraceContext): TraceHeaders {
  return { traceparent: `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`, tracestate: state };
}

/** The caller's place in a trace, from the headers of a request; null where it gives none. */
export function callerTrace(headers: Headers): TraceHeaders | null {
  const traceparent = headers.get('traceparent');
  const context = traceparent && readTraceContext(traceparent, headers.get('tracestate'));
  return context ? traceHeaders(context) : null;
}

/**
 * The id of the span that stands for a thing, such as `task:<id>`: whoever tells of the thing again, also after a
 * crash, tells of the same span.
 */
export function spanIdOf(thing: string): string {
  return hexOf(`span ${thing}`, 16);
}

/** The id of the trace of a thing that no caller's trace is known of. */
export function traceIdOf(thing: string): string {
  return hexOf(`trace ${thing}`, 32);
}

const hexOf = (text: string, digits: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);
