import type { CallJob } from './claimed-job';
import { parseInstant } from './duration';
import { errorJson, type StepEffect } from './effects';
import { compileExpression } from './expression';
import { limits } from './limits';
import { matchIndex } from './matching';
import { storableText } from './storable-text';

/** One operation as an SDK reports it. */
export interface Operation {
  id: string;
  op: string;
  name?: string | null;
  displayName?: string | null;
  data?: unknown;
  error?: unknown;
  opts?: Record<string, unknown> | null;
}

/** The run cannot go on; the message is the run's error. */
export class UnusableOperation extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableOperation';
  }
}

/** The memoized text of a step that succeeded. */
export function dataResult(data: unknown): string {
  return `{"data":${JSON.stringify(data ?? null)}}`;
}

/** An error as the app reported it, in the one shape everybody sees. */
export function reportedError(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return errorJson('Error', typeof error === 'string' ? error : 'Unknown error');
  }
  const { name, message, stack, cause, error: text } = error as Record<string, unknown>;
  const said = String(message ?? text ?? 'Unknown error');
  return JSON.stringify({
    error: said,
    name: String(name ?? 'Error'),
    message: said,
    stack: String(stack ?? ''),
    ...(cause === undefined || cause === null ? {} : { cause }),
  });
}

/** A step that has its result. */
export function doneStep(op: Operation): StepEffect {
  const failed = op.op === 'StepFailed' || op.op === 'StepError';
  const result = failed ? `{"error":${stepError(op)}}` : dataResult(op.data);
  if (result.length > limits.stepBytes) {
    throw new UnusableOperation(
      `The output of the step "${label(op)}" is larger than ${limits.stepBytes} bytes; keep large data elsewhere and return its address.`,
    );
  }
  return { state: 'done', id: op.id, op: op.op, name: label(op), result };
}

function stepError(op: Operation): string {
  const { error: _, ...rest } = JSON.parse(reportedError(op.error ?? op.data)) as object & {
    error: unknown;
  };
  return JSON.stringify(rest);
}

/** What an operation that awaits something leaves behind. */
export function pendingStep(op: Operation, job: CallJob, race: boolean, nowMs: number): StepEffect {
  const step = { state: 'pending', id: op.id, op: op.op, name: label(op), race } as const;
  switch (op.op) {
    case 'StepPlanned':
      return { ...step, job: { id: `${job.run_id}:${op.id}`, kind: 'call', runAt: nowMs } };
    case 'Sleep':
      return {
        ...step,
        job: { id: `${job.run_id}:${op.id}`, kind: 'wake', runAt: until(op, op.name, nowMs) },
      };
    case 'WaitForEvent':
      return { ...step, ...awaited(op, job, nowMs) };
    case 'WaitForSignal':
      return { ...step, ...signalled(op, job, nowMs) };
    case 'InvokeFunction':
      return {
        ...step,
        name: storableText(String(op.opts?.function_id ?? label(op))),
        job: {
          id: `${job.run_id}:${op.id}`,
          kind: 'invoke',
          runAt: nowMs,
          payload: JSON.stringify(op.opts ?? {}),
        },
      };
    default:
      throw new UnusableOperation(
        `The function uses "${op.op}", which the embedded engine does not have.`,
      );
  }
}

function label(op: Operation): string {
  return storableText(op.displayName ?? op.name ?? op.id);
}

function until(op: Operation, text: unknown, nowMs: number): number {
  const instant = parseInstant(String(text ?? ''), nowMs);
  if (instant === undefined) {
    throw new UnusableOperation(`"${String(text)}" of the step "${label(op)}" is not a time.`);
  }
  if (instant - nowMs > limits.waitMs) {
    throw new UnusableOperation(`The step "${label(op)}" would wait longer than 366 days.`);
  }
  return instant;
}

function awaited(op: Operation, job: CallJob, nowMs: number) {
  const source = typeof op.opts?.if === 'string' ? op.opts.if : undefined;
  if (source !== undefined) {
    try {
      compileExpression(source);
    } catch (error) {
      throw new UnusableOperation(error instanceof Error ? error.message : String(error));
    }
  }
  const expiresAt = until(op, op.opts?.timeout, nowMs);
  const own: unknown = source === undefined ? null : JSON.parse(job.events[0] ?? 'null');
  return {
    pause: {
      id: `${job.run_id}:${op.id}`,
      kind: 'wait' as const,
      eventName: storableText(String(op.name ?? op.opts?.event ?? '')),
      expression: source,
      ...matchIndex(source, own),
      expiresAt,
    },
    job: timeOut(op, job, expiresAt),
  };
}

function signalled(op: Operation, job: CallJob, nowMs: number) {
  const expiresAt = until(op, op.opts?.timeout, nowMs);
  return {
    pause: {
      id: `${job.run_id}:${op.id}`,
      kind: 'signal' as const,
      eventName: storableText(`signal:${String(op.opts?.signal ?? '')}`),
      conflict: op.opts?.conflict === 'replace' ? ('replace' as const) : ('fail' as const),
      expiresAt,
    },
    job: timeOut(op, job, expiresAt),
  };
}

function timeOut(op: Operation, job: CallJob, runAt: number) {
  return {
    id: `${job.run_id}:${op.id}`,
    kind: 'timeout',
    runAt,
    payload: '{"data":null}',
  };
}
