import type { CallJob } from './claimed-job';
import { parseInstant } from './duration';
import { errorJson, type StepEffect } from './effects';
import { compileExpression } from './expression';
import { limits } from './limits';
import { matchIndex } from './matching';
import { storableText } from './storable-text';

/** One operation as reported by an SDK. */
export interface Operation {
  id: string;
  op: string;
  name?: string | null;
  displayName?: string | null;
  data?: unknown;
  error?: unknown;
  opts?: Record<string, unknown> | null;
}

/**
 * The response is unusable; the message is the attempt's error. The attempt is retried, as on the
 * real server: most such responses come from a proxy between the engine and the app.
 */
export class UnusableOperation extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableOperation';
  }
}

/** The response requests something impossible; the run ends with the message as its error. */
export class ImpossibleOperation extends UnusableOperation {
  constructor(message: string) {
    super(message);
    this.name = 'ImpossibleOperation';
  }
}

/** SDK operations that this engine lacks. */
const absent = new Set(['Gateway', 'AIGateway', 'DeferAdd', 'DeferAbort']);

/**
 * The operations of a 206 response, in an array or a single one.
 * @throws UnusableOperation if a field has the wrong type.
 */
export function readOperations(body: unknown): Operation[] {
  const list: unknown[] = Array.isArray(body) ? body : [body];
  return list.map((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw new UnusableOperation('The app answered with something that is no operation.');
    }
    const { op, id, name, opts } = item as Record<string, unknown>;
    if (typeof op !== 'string' || op === '') {
      throw new UnusableOperation('The app answered with an operation that has no type.');
    }
    for (const [field, value] of Object.entries({ id, name })) {
      if (value !== undefined && value !== null && typeof value !== 'string') {
        throw new UnusableOperation(`The ${field} of the operation ${op} must be text.`);
      }
    }
    if (op === 'StepPlanned' || op === 'StepRun' || typeof opts !== 'string')
      return item as Operation;
    throw new UnusableOperation(`The options of the operation ${op} must be an object.`);
  });
}

/** The memoized text of a successful step. */
export function dataResult(data: unknown): string {
  return `{"data":${JSON.stringify(data ?? null)}}`;
}

/** An error reported by the app, normalized. */
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

/**
 * A step that has its result.
 * @throws UnusableOperation if the result has more than `bytesMax` characters.
 */
export function doneStep(op: Operation, bytesMax: number = limits.stepBytes): StepEffect {
  const failed = op.op === 'StepFailed' || op.op === 'StepError';
  const result = failed ? `{"error":${stepError(op)}}` : dataResult(op.data);
  if (result.length > bytesMax) {
    throw new UnusableOperation(
      `The output of the step "${label(op)}" is larger than ${bytesMax} bytes; keep large data elsewhere and return its address.`,
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

/** The pending state of an operation that awaits something. */
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
      checkInvocation(op, nowMs);
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
      throw new (absent.has(op.op) ? ImpossibleOperation : UnusableOperation)(
        `The function uses "${op.op}", which the embedded engine does not have.`,
      );
  }
}

function label(op: Operation): string {
  return storableText(op.displayName ?? op.name ?? op.id);
}

/** When the operation's wait ends, given a duration or a date. */
function until(op: Operation, text: unknown, nowMs: number): number {
  const given = typeof text === 'string' || text === null || text === undefined;
  const instant = given ? parseInstant(text ?? '', nowMs) : undefined;
  if (instant === undefined) {
    throw new UnusableOperation(`"${String(text)}" of the step "${label(op)}" is not a time.`);
  }
  if (instant - nowMs > limits.waitMs) {
    throw new ImpossibleOperation(`The step "${label(op)}" would wait longer than 366 days.`);
  }
  return instant;
}

function awaited(op: Operation, job: CallJob, nowMs: number) {
  const source = awaitedExpression(op);
  const eventName = String(op.name || op.opts?.event || '');
  if (eventName === '') {
    throw new UnusableOperation(`The step "${label(op)}" does not say which event it awaits.`);
  }
  const expiresAt = until(op, op.opts?.timeout, nowMs);
  const own: unknown = source === undefined ? null : JSON.parse(job.events[0] ?? 'null');
  return {
    pause: {
      id: `${job.run_id}:${op.id}`,
      kind: 'wait' as const,
      eventName: storableText(eventName),
      expression: source,
      ...matchIndex(source, own),
      expiresAt,
    },
    job: timeOut(op, job, expiresAt),
  };
}

function checkInvocation(op: Operation, nowMs: number): void {
  if (!op.opts) {
    throw new UnusableOperation(`The step "${label(op)}" does not say what it invokes.`);
  }
  const payload = op.opts?.payload ?? {};
  if (typeof payload !== 'object' || Array.isArray(payload)) {
    throw new UnusableOperation(`The payload of the step "${label(op)}" must be an object.`);
  }
  until(op, op.opts?.timeout, nowMs);
}

function awaitedExpression(op: Operation): string | undefined {
  const source = op.opts?.if ?? undefined;
  if (source === undefined) return undefined;
  if (typeof source !== 'string') {
    throw new UnusableOperation(`The expression of the step "${label(op)}" must be text.`);
  }
  try {
    compileExpression(source);
  } catch (error) {
    throw new ImpossibleOperation(error instanceof Error ? error.message : String(error));
  }
  return source;
}

function signalled(op: Operation, job: CallJob, nowMs: number) {
  if (!op.opts?.timeout) {
    throw new ImpossibleOperation(`The step "${label(op)}" does not say how long it waits.`);
  }
  const expiresAt = until(op, op.opts?.timeout, nowMs);
  const signal = op.opts?.signal;
  if (typeof signal !== 'string' || signal === '') {
    throw new UnusableOperation(`The step "${label(op)}" does not say which signal it awaits.`);
  }
  return {
    pause: {
      id: `${job.run_id}:${op.id}`,
      kind: 'signal' as const,
      eventName: storableText(`signal:${signal}`),
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
