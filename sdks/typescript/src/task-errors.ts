import { HumanRailError } from './errors.js';
import type { AnswerIssue } from './standard-schema.js';
import type { Task } from './types/task.js';

/** A task did not produce the requested answer; `task` is its last known state. */
export class TaskError extends HumanRailError {
  constructor(
    message: string,
    readonly task: Task,
  ) {
    super(message);
  }
}

/** No answer to the task was accepted. */
export class TaskFailedError extends TaskError {}

/** Nobody answered the task in time. */
export class TaskExpiredError extends TaskError {}

/** The task was cancelled. */
export class TaskCancelledError extends TaskError {}

/** The task did not end within the timeout; it continues, and the same call finds it again. */
export class TaskTimeoutError extends TaskError {}

/** The task is verified, but its output does not match `returns`. */
export class AnswerMismatchError extends TaskError {
  constructor(
    message: string,
    task: Task,
    /** The schema library's issues; empty if there are none. */
    readonly issues: readonly AnswerIssue[],
  ) {
    super(message, task);
  }
}

/** A person denied the call of a guarded tool, which therefore did not run. */
export class ApprovalDeniedError extends TaskError {
  constructor(
    message: string,
    task: Task,
    /** The person's reason; undefined if they gave none. */
    readonly reason: string | undefined,
  ) {
    super(message, task);
  }
}
