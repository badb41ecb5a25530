import type { Reply } from './call-app';
import type { CallJob } from './claimed-job';
import { type Effect, errorJson, type StepEffect } from './effects';
import { limits } from './limits';
import {
  doneStep,
  ImpossibleOperation,
  type Operation,
  pendingStep,
  readOperations,
  reportedError,
  UnusableOperation,
} from './operations';
import { retryAfterMs, retryDelayMs } from './retry';

/** Lets the engine's suite shorten the backoff between attempts. */
export interface RetryPolicy {
  fixedMs: number | undefined;
}

type Response = Extract<Reply, { kind: 'response' }>;

const unavailable = new Set([502, 503, 504]);

/**
 * Translates a call's outcome into ordered effects on its run; pure.
 * @param nowMs when the response arrived.
 */
export function interpret(
  job: CallJob,
  reply: Reply,
  policy: RetryPolicy,
  nowMs: number,
): Effect[] {
  if (reply.kind === 'unreachable') return [unreachable(job, reply.reason, policy, nowMs)];
  if (reply.kind === 'unsignable') {
    return [finished(job, 'failed', errorJson('Error', reply.reason))];
  }
  if (reply.kind === 'overdue' || reply.kind === 'unsigned') {
    return [failed(job, errorJson('Error', reply.reason), { policy, nowMs })];
  }
  if (reply.kind === 'lost') {
    // A first failure is most likely the app's restart: no reason for the full backoff.
    const soon = job.attempt === 0 ? 1_000 : undefined;
    return [failed(job, errorJson('Error', reply.reason), { policy, nowMs, delayMs: soon })];
  }
  const fromSdk = reply.headers['x-inngest-sdk'] !== undefined;
  if (!fromSdk && unavailable.has(reply.status)) {
    return [unreachable(job, `the app answered ${reply.status}`, policy, nowMs)];
  }
  if (!fromSdk) {
    const reason = `The app's answer (${reply.status}) does not come from the Inngest SDK.`;
    return [failed(job, errorJson('Error', reason), { policy, nowMs })];
  }
  try {
    return fromResponse(job, reply, policy, nowMs);
  } catch (error) {
    if (!(error instanceof UnusableOperation)) throw error;
    const reason = errorJson('Error', error.message);
    if (error instanceof ImpossibleOperation) return [finished(job, 'failed', reason)];
    return [failed(job, reason, { policy, nowMs })];
  }
}

function fromResponse(job: CallJob, reply: Response, policy: RetryPolicy, nowMs: number): Effect[] {
  const body = parse(reply.body);
  if (body === undefined) {
    return [failed(job, errorJson('Error', 'The answer is not JSON.'), { policy, nowMs })];
  }
  if (reply.status === 206) return fromOperations(job, reply, readOperations(body), policy, nowMs);
  if (reply.status === 200) return [completed(job, reply.body)];
  return [
    failed(job, reportedError(body), {
      policy,
      nowMs,
      final: reply.headers['x-inngest-no-retry'] === 'true',
      delayMs: retryAfterMs(reply.headers['retry-after'], nowMs),
    }),
  ];
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromOperations(
  job: CallJob,
  reply: Response,
  ops: Operation[],
  policy: RetryPolicy,
  nowMs: number,
): Effect[] {
  const complete = ops.find((op) => op.op === 'RunComplete');
  if (complete)
    return [...memoized(job, ops), completed(job, JSON.stringify(complete.data ?? null))];

  const isLast = job.attempt + 1 >= job.max_attempts;
  const failing = ops.find((op) => op.op === 'StepError');
  if (failing && !isLast && reply.headers['x-inngest-no-retry'] !== 'true') {
    const delayMs = retryAfterMs(reply.headers['retry-after'], nowMs);
    return [
      ...memoized(job, ops),
      failed(job, reportedError(failing.error ?? failing.data), { policy, nowMs, delayMs }),
    ];
  }
  const targeted = job.step_id !== 'step';
  if (targeted && !ops.some((op) => op.id === job.step_id && op.op !== 'StepPlanned')) {
    const reason = 'The app did not run the step it was asked for.';
    return [failed(job, errorJson('Error', reason), { policy, nowMs })];
  }
  const race = ops.some((op) => op.opts?.parallelMode === 'race');
  const steps = ops
    .filter((op) => op.op !== 'DiscoveryRequest')
    .map((op) => (isDone(op) ? doneStep(op) : pendingStep(op, job, race, nowMs)));
  const tooMuch = excess(job, steps);
  if (tooMuch) return [finished(job, 'failed', errorJson('Error', tooMuch))];
  const version = Number(reply.headers['x-inngest-req-version']);
  return [
    {
      ...base(job),
      steps,
      next: ops.some((op) => op.op === 'DiscoveryRequest') ? 'always' : 'auto',
      ...(ops.length > 1 ? { plan: true as const } : {}),
      ...(Number.isInteger(version) && version >= 1 ? { version } : {}),
    },
  ];
}

function isDone(op: Operation): boolean {
  return ['StepRun', 'Step', 'StepFailed', 'StepError'].includes(op.op);
}

/** Steps that succeeded keep their results even if the call then ended another way. */
function memoized(job: CallJob, ops: Operation[]): Effect[] {
  const steps = ops
    .filter((op) => op.op === 'StepRun' || op.op === 'StepFailed')
    .map((op) => doneStep(op));
  return steps.length === 0 ? [] : [{ ...base(job), keep: true, steps }];
}

/** Why a run exceeds the limits, or undefined. */
export function excess(
  job: { bytes: number | null; stack: string[] | null },
  steps: StepEffect[],
): string | undefined {
  if ((job.stack?.length ?? 0) + steps.length > limits.stepsPerRun) {
    return `The run has more than ${limits.stepsPerRun} steps.`;
  }
  const added = steps.reduce((sum, step) => sum + ('result' in step ? step.result.length : 0), 0);
  if ((job.bytes ?? 0) + added > limits.stateBytes) {
    return `The run's steps hold more than ${limits.stateBytes} bytes.`;
  }
  return undefined;
}

function base(job: CallJob) {
  return { run: job.run_id, job: job.id, token: job.token, startedAt: job.claimed_at };
}

function completed(job: CallJob, output: string): Effect {
  if (output.length > limits.stepBytes) {
    throw new UnusableOperation(`The function's output is larger than ${limits.stepBytes} bytes.`);
  }
  return { ...base(job), finish: { status: 'completed', output: output || 'null' } };
}

function finished(job: CallJob, status: 'failed', error: string): Effect {
  return { ...base(job), finish: { status, error } };
}

interface Failure {
  policy: RetryPolicy;
  nowMs: number;
  /** No further attempt, whatever is left. */
  final?: boolean;
  /** Overrides the table's delay. */
  delayMs?: number;
  /** Kept while the app stays unreachable, so that its next absence is not free again. */
  unreachableSince?: number;
}

function failed(job: CallJob, error: string, failure: Failure): Effect {
  const { policy, nowMs, final, delayMs, unreachableSince } = failure;
  if (final || job.attempt + 1 >= job.max_attempts) return finished(job, 'failed', error);
  const wait = delayMs ?? retryDelayMs(job.attempt, policy.fixedMs);
  return {
    ...base(job),
    retry: { attempt: job.attempt + 1, runAt: nowMs + wait, error, unreachableSince },
  };
}

/** A call that never reached the app costs no attempt for a while: apps get restarted. */
function unreachable(job: CallJob, reason: string, policy: RetryPolicy, nowMs: number): Effect {
  const since = job.unreachable_since ?? nowMs;
  const down = nowMs - since;
  if (down >= limits.unreachableMs) {
    return failed(job, errorJson('Error', `The app cannot be reached: ${reason}`), {
      policy,
      nowMs,
      unreachableSince: since,
    });
  }
  const wait = Math.min(500 + down / 2, 15_000);
  return {
    run: job.run_id,
    job: job.id,
    token: job.token,
    retry: {
      attempt: job.attempt,
      runAt: Math.round(nowMs + wait),
      error: errorJson('Error', `The app cannot be reached: ${reason}`),
      unreachableSince: since,
    },
  };
}
