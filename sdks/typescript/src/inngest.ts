import { NonRetriableError } from 'inngest';
import { type Answer, type AskOptions, answerOf, endedWithoutAnswer, questionOf } from './ask.js';
import type { HumanRail } from './client.js';
import { ConnectionError, HumanRailError } from './errors.js';
import { isRetryable } from './retry.js';
import type { AnswerOf, Returns } from './returns.js';
import { TaskTimeoutError } from './task-errors.js';
import type { CompletedTask, Task } from './types/task.js';
import { isTerminal } from './wait-for-completion.js';
import { parseWebhookEvent } from './webhook-event.js';
import type { VerifyWebhookSignatureInput } from './webhook-signature.js';

/** The name of the event that `inngestEvent` makes. */
export const TASK_UPDATED = 'humanrail/task.updated';

/** The Inngest event for a webhook. */
export interface InngestTaskEvent {
  /** The webhook's own id, so that Inngest deduplicates. */
  id: string;
  name: typeof TASK_UPDATED;
  data: {
    taskId: string;
    /** What happened, such as `task.verified`. */
    type: string;
    /** True if the task's status is final. */
    ended: boolean;
    task: Task;
  };
  /** When it happened, in milliseconds since 1970. */
  ts: number;
}

/**
 * Verifies a webhook and makes the Inngest event of it; undefined if it is about no task, such as
 * `balance.low` and `webhook.test`.
 *
 * @throws WebhookSignatureError if it was not signed with the secret.
 * @example
 * const event = inngestEvent({ payload: req.body, signature: req.headers['x-humanrail-signature'], secret });
 * if (event) await inngest.send(event);
 */
export function inngestEvent(input: VerifyWebhookSignatureInput): InngestTaskEvent | undefined {
  const event = parseWebhookEvent(input);
  if (event.type === 'webhook.test' || event.type === 'balance.low') return undefined;
  if (typeof event.data?.id !== 'string') return undefined;
  const { id, type, data: task } = event;
  return {
    id,
    name: TASK_UPDATED,
    data: { taskId: task.id, type, ended: isTerminal(task), task },
    ts: Date.parse(event.createdAt),
  };
}

/** The part of Inngest's `step` that `askHuman` uses. */
export interface InngestStep {
  run(id: string, fn: () => Promise<unknown>): Promise<unknown>;
  waitForEvent(
    id: string,
    options: { event: string; timeout: number | Date; if: string },
  ): Promise<unknown>;
}

export interface InngestAskOptions<
  R extends Returns | undefined = Returns | undefined,
  Type extends string | undefined = string | undefined,
> extends Omit<AskOptions<R, Type>, 'timeoutMs' | 'signal'> {
  /** Prefix of its steps' names; default `ask-human`. Give each question of a function its own. */
  stepId?: string;
}

/** The task may have ended between its create and the wait, which then misses the event. */
const FIRST_WAIT_MS = 30_000;
/** After the task's end at the latest, its webhook may still be on its way. */
const GRACE_MS = 60_000;

/**
 * `client.ask` for an Inngest function: creates the task in a step, waits for the event of its
 * webhook without holding anything open, and returns the typed answer. Send webhooks on by
 * `inngestEvent`; a lost webhook costs time, not the answer, because the task is read.
 *
 * @throws NonRetriableError, whose `cause` is what `client.ask` would throw: TaskFailedError,
 *   TaskExpiredError, TaskCancelledError, AnswerMismatchError, or the API's refusal.
 * @example
 * const { value } = await askHuman(step, client, 'Approve this refund?', { payload, returns });
 */
export async function askHuman<
  const R extends Returns | undefined = undefined,
  const Type extends string | undefined = undefined,
>(
  step: InngestStep,
  client: HumanRail,
  question: string,
  options: InngestAskOptions<R, Type> = {},
): Promise<Answer<AnswerOf<R, Type>>> {
  const { stepId = 'ask-human', ...asked } = options;
  try {
    const { params, reader } = questionOf(question, asked);
    const created = (await step.run(`${stepId}/create`, () =>
      unlessRefused(client.tasks.create(params)),
    )) as Task;
    const task = await untilEnded(step, client, created, stepId);
    if (task.status !== 'verified') throw endedWithoutAnswer(task);
    return answerOf(task, (await reader.read(task)) as AnswerOf<R, Type>);
  } catch (error) {
    throw finalIfRefused(error);
  }
}

async function untilEnded(
  step: InngestStep,
  client: HumanRail,
  created: Task,
  stepId: string,
): Promise<CompletedTask> {
  if (isTerminal(created)) return created;
  const { id, expiresAt } = created;
  const last = new Date(Date.parse(expiresAt) + GRACE_MS);
  let status: string = created.status;
  for (const [index, timeout] of [FIRST_WAIT_MS, last].entries()) {
    await step.waitForEvent(`${stepId}/wait-${index + 1}`, {
      event: TASK_UPDATED,
      timeout,
      if: `async.data.taskId == '${id}' && async.data.ended == true`,
    });
    // Re-read, because anybody who may send events could forge one.
    const task = (await step.run(`${stepId}/read-${index + 1}`, () =>
      unlessRefused(client.tasks.get(id)),
    )) as Task;
    if (isTerminal(task)) return task;
    status = task.status;
  }
  throw new TaskTimeoutError(
    `Task ${id} should have ended at ${expiresAt}, and is ${status}.`,
    created,
  );
}

async function unlessRefused<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw finalIfRefused(error);
  }
}

/** Permanent errors end the function; Inngest retries all others. */
function finalIfRefused(error: unknown): unknown {
  if (!(error instanceof HumanRailError) || error instanceof ConnectionError) return error;
  if (isRetryable(error.status ?? 0, error.code)) return error;
  return new NonRetriableError(error.message, { cause: error });
}
