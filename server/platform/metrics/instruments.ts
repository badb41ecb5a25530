import { counter, durations } from './registry';

const MS_PER_SECOND = 1_000;
const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

const requests = counter({
  name: 'humanrail_requests_total',
  help: 'Requests that a door answered, by operation and class of status.',
  labels: ['operation', 'status'],
});
const requestDurations = durations({
  name: 'humanrail_request_duration_seconds',
  help: 'Time until a door gave its answer, by operation; with ?wait= it includes the wait.',
  labels: ['operation'],
});

/** Notes an answer: its status, and after how many milliseconds it was there. */
export type NoteRequest = (status: number, durationMs: number) => void;

/**
 * What notes the answers of one operation. It holds the figures it writes to, so that noting looks nothing up.
 * @param operation one of a bounded set of names, never a path as it was asked for.
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
  help: 'Time of one try to deliver a webhook, by its result: delivered, refused or unreachable.',
  labels: ['result'],
});

/** Notes one try to deliver a webhook. `unreachable` had no answer. */
export function noteWebhook(
  result: 'delivered' | 'refused' | 'unreachable',
  durationMs: number,
): void {
  webhookTries.observe({ result }, durationMs / MS_PER_SECOND);
}

const judgements = durations({
  name: 'humanrail_judgement_duration_seconds',
  help: 'Time to judge a submitted task and record what came of it, by outcome.',
  labels: ['outcome'],
});

/** Notes a judgement that began at `beganMs` of the monotonic clock (`performance.now`). */
export function noteJudgement(outcome: string, beganMs: number): void {
  judgements.observe({ outcome }, (performance.now() - beganMs) / MS_PER_SECOND);
}

const railCalls = durations({
  name: 'humanrail_rail_call_duration_seconds',
  help: 'Time of a call of a rail, by rail, call (prepare, pay, lookup) and result.',
  labels: ['rail', 'call', 'result'],
});

/**
 * Makes a call of a rail and notes how long it took.
 * @throws what the call throws; its result is then `error`.
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
  help: 'Spans that the collector of OTEL_EXPORTER_OTLP_ENDPOINT did not take.',
  labels: [],
});

/** Notes spans that nobody will see. */
export function noteSpansLost(count: number): void {
  spansLost.inc(count);
}
