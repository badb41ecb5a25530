import { ConnectionError, HumanRailError } from './errors.js';
import { isRetryable, retryDelayMs, sleep } from './retry.js';
import { isHeaderSafe, reasonOf } from './transport.js';

/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** The last id seen so far; empty if none was seen. */
  id: string;
  type: string;
  data: string;
}

export interface StreamOptions {
  signal?: AbortSignal;
  /** Go on after this event. */
  lastEventId?: string;
  /** Consecutive connections without events before it gives up; default 5. */
  maxReconnects?: number;
}

/** Detects the end of a stream. */
export interface StreamEnd {
  /** True for the event after which nothing comes. */
  isLast: (event: ServerSentEvent) => boolean;
  /** Called when a stream closed early: true if nothing comes after this id. */
  isOverAfter: (lastEventId: string | undefined) => Promise<boolean>;
}

/**
 * Reads a stream as the WHATWG specification says: any of the three line ends, comments left out,
 * several data lines joined, `retry` passed to `onRetry` in milliseconds.
 */
export async function* parseEventStream(
  body: ReadableStream<Uint8Array>,
  onRetry: (delayMs: number) => void = () => undefined,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let id = '';
  let type = '';
  let data: string[] = [];
  for await (const line of linesOf(body)) {
    if (line === '') {
      if (data.length > 0) yield { id, type: type || 'message', data: data.join('\n') };
      type = '';
      data = [];
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value));
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A carriage return at the end may be half of a pair, so it waits for what follows.
      const end = done || !rest.endsWith('\r') ? rest.length : rest.length - 1;
      const lines = rest.slice(0, end).split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? '') + rest.slice(end);
      yield* lines;
      if (done) return;
    }
  } finally {
    // Also if the consumer stops early, so that the connection does not stay open.
    await reader.cancel().catch(() => undefined);
  }
}

/** Opens the stream after an event's id; from the start if there is none. */
export type OpenStream = (lastEventId: string | undefined) => Promise<Response>;

/** A stream's progress over all its connections. */
interface Progress {
  lastEventId: string | undefined;
  /** The reconnection delay requested by the server. */
  delayMs: number;
  /** Consecutive connections without events. */
  fruitless: number;
  finished: boolean;
}

/**
 * The events of a stream that may break: opens it, and opens it again after the last id seen,
 * until the server closes after the last event, or answers 204.
 * Rejects with ConnectionError if it becomes unreachable.
 */
export async function* resumingEvents(
  open: OpenStream,
  end: StreamEnd,
  { signal, lastEventId, maxReconnects = 5 }: StreamOptions,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  assertEventId(lastEventId);
  const progress: Progress = { lastEventId, delayMs: 0, fruitless: 0, finished: false };
  for (;;) {
    signal?.throwIfAborted();
    let failure: unknown;
    try {
      yield* oneConnection(open, end, progress);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!isPassing(error)) throw error;
      failure = error;
    }
    if (progress.finished) return;
    if (failure === undefined && (await end.isOverAfter(progress.lastEventId))) return;
    progress.fruitless += 1;
    if (progress.fruitless > maxReconnects) throw fruitless(progress.fruitless, failure);
    const backOffMs = retryDelayMs(progress.fruitless - 1, undefined);
    await sleep(Math.max(progress.delayMs, backOffMs), signal);
  }
}

function fruitless(times: number, failure: unknown): ConnectionError {
  const reason = failure === undefined ? undefined : reasonOf(failure);
  const atLast = reason === undefined ? '' : ` At last: ${reason}`;
  return new ConnectionError(
    `The event stream ended ${times} time${times === 1 ? '' : 's'} without bringing anything.${atLast}`,
    { reason },
  );
}

async function* oneConnection(
  open: OpenStream,
  end: StreamEnd,
  progress: Progress,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const response = await open(progress.lastEventId);
  if (response.status === 204 || !response.body) {
    progress.finished = true;
    return;
  }
  assertEventStream(response);
  const events = parseEventStream(response.body, (delayMs) => {
    progress.delayMs = delayMs;
  });
  for await (const event of events) {
    progress.fruitless = 0;
    progress.lastEventId = event.id || progress.lastEventId;
    progress.finished ||= end.isLast(event);
    yield event;
  }
}

/** A broken connection or a transient error; not a rejection. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof HumanRailError)) return true;
  return error instanceof ConnectionError || isRetryable(error.status ?? 0, error.code);
}

function assertEventId(id: string | undefined): void {
  if (id === undefined || isHeaderSafe(id)) return;
  throw new HumanRailError(
    `lastEventId must be the id of an event of the stream, not ${JSON.stringify(id)}.`,
  );
}

function assertEventStream(response: Response): void {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) return;
  throw new HumanRailError(
    `Asked for an event stream and got ${type || 'no content type'}; is a proxy in between?`,
    { status: response.status, requestId: response.headers.get('x-request-id') ?? undefined },
  );
}
