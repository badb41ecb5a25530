import { ConnectionError, HumanRailError, TimeoutError, ValidationError } from './errors.js';
import { isRetryable, retryDelayMs, sleep } from './retry.js';
import type { RequestOptions } from './transport.js';
import type { CompletedTask, Task, TaskStatus, TerminalStatus } from './types/task.js';

export interface WaitOptions {
  /** Milliseconds to wait at most; by default until the task ends, at `expiresAt` at the latest. */
  timeoutMs?: number;
  /** Ends the waiting (not the task); it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds between polls if long polling does not work; default 2,000. */
  pollIntervalMs?: number;
}

/** Reads the task, holding the answer for up to `waitSeconds` if the API supports it. */
export type ReadTask<Output> = (
  waitSeconds: number | undefined,
  options: RequestOptions,
) => Promise<Task<Output>>;

const WAIT_SECONDS_MAX = 60;
const terminal: ReadonlySet<TaskStatus> = new Set(['verified', 'failed', 'cancelled', 'expired']);

/** True for `verified`, `failed`, `cancelled` and `expired`, the final statuses. */
export function isTerminalStatus(status: TaskStatus): status is TerminalStatus {
  return terminal.has(status);
}

/** True if the task has ended. */
export function isTerminal<Output>(task: Task<Output>): task is CompletedTask<Output> {
  return isTerminalStatus(task.status);
}

/**
 * Reads a task until it has ended, and returns it in any final status.
 * Long-polls; after a rejection or two failures, it polls instead.
 * Rejects with TimeoutError on timeout.
 */
export async function waitForCompletion<Output>(
  id: string,
  read: ReadTask<Output>,
  { timeoutMs = Number.POSITIVE_INFINITY, signal, pollIntervalMs = 2_000 }: WaitOptions,
): Promise<CompletedTask<Output>> {
  const startedMs = Date.now();
  const leftMs = () => timeoutMs - (Date.now() - startedMs);
  let refusals = 0;
  let last: TaskStatus | undefined;

  while (leftMs() > 0) {
    signal?.throwIfAborted();
    const holds = refusals < 2;
    const askedMs = Date.now();
    let pauseMs = 0;
    try {
      const task = holds
        ? await read(waitSecondsWithin(leftMs()), { signal, maxRetries: 0 })
        : await read(undefined, { signal });
      if (isTerminal(task)) return task;
      last = task.status;
      // An early response was not held, so the next poll must wait.
      pauseMs = Math.max(0, pollIntervalMs - (Date.now() - askedMs));
    } catch (error) {
      if (!holds || signal?.aborted || !isWorthPolling(error)) throw error;
      refusals = error instanceof ValidationError ? 2 : refusals + 1;
      pauseMs = retryDelayMs(0, error.retryAfterSeconds);
    }
    await sleep(Math.max(0, Math.min(pauseMs, leftMs())), signal);
  }
  const state = last ? `it is ${last}` : 'its status could not be read';
  throw new TimeoutError(`Task ${id} was not done within ${timeoutMs} ms; ${state}.`);
}

function waitSecondsWithin(leftMs: number): number {
  return Math.max(1, Math.min(WAIT_SECONDS_MAX, Math.ceil(leftMs / 1000)));
}

function isWorthPolling(error: unknown): error is HumanRailError {
  if (!(error instanceof HumanRailError)) return false;
  if (error.status === undefined) return error instanceof ConnectionError;
  return error instanceof ValidationError || isRetryable(error.status, error.code);
}
