import { counter, durations } from './registry';

const MS_PER_SECOND = 1_000;
const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

const requests = counter({
  name: 'humanrail_requests_total',
  help: 'Requests handled, by operation and status class.',
  labels: ['operation', 'status'],
});
const requestDurations = durations({
  name: 'humanrail_request_duration_seconds',
  help: 'Request duration by operation; includes the wait of ?wait=.',
  labels: ['operation'],
});

/** Records a response: its status and duration. */
export type NoteRequest = (status: number, durationMs: number) => void;

/**
 * Returns a recorder for one operation. It keeps its metric, so that recording needs no look-up.
 * @param operation one of a bounded set of names, never a request's path.
 */
export function requestNoter(operation: string): NoteRequest {
  const durationOf = requestDurations.labels(operation);
  const counts = new Map<string, { inc: () => void }>();
  return (status, durationMs) => {
    const statusClass = STATUS_CLASSES[Math.floor(status / 100) - 1] ?? '5xx';
    let count = counts.get(statusClass);
    if (!count) {
      count = requests.labels(operation, statusClass);
      counts.set(statusClass, count);
    }
    count.inc();
    durationOf.observe(durationMs / MS_PER_SECOND);
  };
}

const webhookTries = durations({
  name: 'humanrail_webhook_duration_seconds',
  help: 'Duration of a webhook delivery attempt by result: delivered, refused or unreachable.',
  labels: ['result'],
});

/** Records a webhook delivery attempt. `unreachable` means no response. */
export function noteWebhook(
  result: 'delivered' | 'refused' | 'unreachable',
  durationMs: number,
): void {
  webhookTries.observe({ result }, durationMs / MS_PER_SECOND);
}

const judgements = durations({
  name: 'humanrail_judgement_duration_seconds',
  help: 'Time to judge a submitted task and record the result, by outcome.',
  labels: ['outcome'],
});

/** Records a judgement that started at `beganMs` of the monotonic clock (`performance.now`). */
export function noteJudgement(outcome: string, beganMs: number): void {
  judgements.observe({ outcome }, (performance.now() - beganMs) / MS_PER_SECOND);
}

const railCalls = durations({
  name: 'humanrail_rail_call_duration_seconds',
  help: 'Duration of a rail call, by rail, call (prepare, pay, lookup) and result.',
  labels: ['rail', 'call', 'result'],
});

/**
 * Makes a rail call and records its duration.
 * @throws errors of the call, recorded as result `error`.
 */
export async function timeRailCall<Result extends { status: string }>(
  rail: string,
  call: 'prepare' | 'pay' | 'lookup',
  make: () => Promise<Result>,
): Promise<Result> {
  const beganMs = performance.now();
  let result = 'error';
  try {
    const answer = await make();
    result = answer.status;
    return answer;
  } finally {
    railCalls.observe({ rail, call, result }, (performance.now() - beganMs) / MS_PER_SECOND);
  }
}

const spansLost = counter({
  name: 'humanrail_spans_lost_total',
  help: 'Spans not accepted by the collector of OTEL_EXPORTER_OTLP_ENDPOINT.',
  labels: [],
});

/** Records lost spans. */
export function noteSpansLost(count: number): void {
  spansLost.inc(count);
}
