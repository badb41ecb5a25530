import { HumanRailError } from './errors.js';
import type { AnswerIssue } from './standard-schema.js';
import type { Task } from './types/task.js';

/** A task did not bring what was asked for; `task` is the task as it was read last. */
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

/** The task was called off. */
export class TaskCancelledError extends TaskError {}

/** The task was not done in the time that you gave; it goes on, and the same call finds it again. */
export class TaskTimeoutError extends TaskError {}

/** The task is verified, and its output is not what `returns` asked for. */
export class AnswerMismatchError extends TaskError {
  constructor(
    message: string,
    task: Task,
    /** What the schema's library said; empty where it said nothing. */
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
    /** What the person wrote; undefined where they wrote nothing. */
    readonly reason: string | undefined,
  ) {
    super(message, task);
  }
}
