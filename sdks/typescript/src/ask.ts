import { HumanRailError, TimeoutError } from './errors.js';
import { shortDigest } from './idempotency-key.js';
import { canonicalJson, type Json, plainJson } from './json.js';
import type { JsonSchema } from './output-type.js';
import type { Tasks } from './resources/tasks.js';
import { type AnswerOf, type AnswerReader, answerReader, type Returns } from './returns.js';
import {
  TaskCancelledError,
  type TaskError,
  TaskExpiredError,
  TaskFailedError,
  TaskTimeoutError,
} from './task-errors.js';
import type { RequestOptions } from './transport.js';
import type { CompletedTask, CreateTaskParams, JsonObject, Task } from './types/task.js';
import { isTerminal, waitForCompletion } from './wait-for-completion.js';

/** Options of a question, shared by `ask` and approvals. */
export interface QuestionOptions
  extends Pick<
    CreateTaskParams,
    | 'payoutSats'
    | 'slaSeconds'
    | 'skillsRequired'
    | 'riskTier'
    | 'instructions'
    | 'metadata'
    | 'callbackUrl'
  > {
  /** What kind of question this is; a saved type supplies its own defaults. Default `question`. */
  type?: string;
  /** Milliseconds for all of it; by default until the task ends, at its SLA at the latest. */
  timeoutMs?: number;
  /** Ends the waiting (not the task); it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface AskOptions<
  R extends Returns | undefined = Returns | undefined,
  Type extends string | undefined = string | undefined,
> extends QuestionOptions {
  /** What the person sees in addition to the question. */
  payload?: Readonly<JsonObject>;
  /**
   * What the answer is: a JSON Schema (a literal one types the answer), or a schema of zod, valibot,
   * arktype or any other library of Standard Schema, which then also judges the answer. A text
   * unless given.
   */
  returns?: R;
  /** The JSON Schema of `returns`, if its library cannot generate it. */
  schema?: JsonSchema;
  type?: Type & string;
  /**
   * The idempotency key, by default derived from question, payload and schema, so that the same
   * call finds the same task again, also after a crash: set one to ask the same question again.
   */
  key?: string;
  /** Of a client that pays by L402: a payment made before, for the same question. */
  l402Token?: string;
}

/** A verified answer. */
export interface Answer<T> {
  /** The answer, of the requested type. */
  value: T;
  /** The answered task. */
  task: CompletedTask;
  /** How likely the answer is right, 0 to 1; null if that is not known. */
  confidence: number | null;
  /** What the confidence rests on; undefined if the API does not say. */
  confidenceBasis: 'uncalibrated' | 'provisional' | 'calibrated' | undefined;
}

const QUESTION_TYPE = 'question';
const QUESTION_PAYOUT_SATS = 300;
/** Longer timers would fire immediately. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** A question that can be sent: its create, and how its answer is read. */
export interface Question {
  readonly params: CreateTaskParams;
  readonly reader: AnswerReader;
}

/**
 * The request for a question.
 * @throws HumanRailError for an invalid question, before anything is sent.
 */
export function questionOf(question: string, options: AskOptions): Question {
  if (typeof question !== 'string' || question.trim() === '') {
    throw new HumanRailError('The question is empty: ask something in words.');
  }
  const {
    payload = {},
    returns,
    schema,
    type,
    payoutSats,
    key,
    timeoutMs,
    signal,
    l402Token,
    ...fields
  } = options;
  const facts = payloadFacts(payload);
  const reader = answerReader(returns, schema, type !== undefined);
  const asked = { question: plainJson(question, 'The question'), payload: facts };
  return {
    params: {
      ...fields,
      type: type ?? QUESTION_TYPE,
      payload: { question, ...facts },
      ...(reader.schema === null ? {} : { outputSchema: reader.schema }),
      // A custom type has its own payout.
      payoutSats: payoutSats ?? (type === undefined ? QUESTION_PAYOUT_SATS : undefined),
      idempotencyKey: key ?? questionKey({ ...asked, output_schema: reader.schema }),
    },
    reader,
  };
}

function payloadFacts(payload: unknown): { [key: string]: Json } {
  const facts = plainJson(payload, 'payload');
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
    throw new HumanRailError('payload must be an object of what the person is to see.');
  }
  if ('question' in facts) {
    throw new HumanRailError(
      'The payload has a field named question, which is where the question itself goes; give it another name.',
    );
  }
  return facts;
}

/** The key of a question, the same in every language, so that a restarted program finds its task. */
export function questionKey(asked: { question: Json; payload: Json; output_schema: Json }): string {
  return `ask:${shortDigest(canonicalJson(asked))}`;
}

/** Asks, waits, and reads the answer. */
export async function ask<R, Type>(
  tasks: Tasks,
  question: string,
  options: AskOptions,
): Promise<Answer<AnswerOf<R, Type>>> {
  const { params, reader } = questionOf(question, options);
  const task = await createAndWait(tasks, params, options);
  if (task.status !== 'verified') throw endedWithoutAnswer(task);
  return answerOf(task, (await reader.read(task)) as AnswerOf<R, Type>);
}

/** The answer in its envelope. */
export function answerOf<T>(task: CompletedTask, value: T): Answer<T> {
  const { confidence } = task;
  const { confidenceBasis } = task as { confidenceBasis?: Answer<T>['confidenceBasis'] };
  return { value, task, confidence: confidence ?? null, confidenceBasis };
}

/** The error for a final status other than `verified`. */
export function endedWithoutAnswer(task: Task): TaskError {
  const { id, status, failureReason } = task;
  const words = `Task ${id} ended as ${status}${failureReason ? `: ${failureReason.message}` : '.'}`;
  if (status === 'expired') return new TaskExpiredError(words, task);
  if (status === 'cancelled') return new TaskCancelledError(words, task);
  return new TaskFailedError(words, task);
}

async function createAndWait(
  tasks: Tasks,
  params: CreateTaskParams,
  { timeoutMs = Number.POSITIVE_INFINITY, signal, l402Token }: AskOptions,
): Promise<CompletedTask> {
  if (!(timeoutMs >= 0)) {
    throw new HumanRailError(
      `timeoutMs must be a number of milliseconds from 0, not ${timeoutMs}.`,
    );
  }
  const untilMs = Date.now() + timeoutMs;
  let last = await createWithin(tasks, params, timeoutMs, signal, l402Token);
  if (isTerminal(last)) return last;
  const read = async (wait: number | undefined, request: RequestOptions) => {
    last = await tasks.get(last.id, { ...request, wait });
    return last;
  };
  try {
    return await waitForCompletion(last.id, read, { timeoutMs: untilMs - Date.now(), signal });
  } catch (error) {
    if (!(error instanceof TimeoutError) || Date.now() < untilMs) throw error;
    throw new TaskTimeoutError(
      `Task ${last.id} was not done within ${timeoutMs} ms; it is ${last.status}. Ask the same again to go on waiting.`,
      last,
    );
  }
}

/** A create with all its retries; TimeoutError if they take too long. */
async function createWithin(
  tasks: Tasks,
  params: CreateTaskParams,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  l402Token: string | undefined,
): Promise<Task> {
  const abort = new AbortController();
  const stop = () => abort.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const late = () =>
    abort.abort(
      new TimeoutError(
        `The question could not be sent within ${timeoutMs} ms. Ask the same again: if it did arrive, its task is found.`,
      ),
    );
  const timer = timeoutMs <= TIMER_MS_MAX ? setTimeout(late, timeoutMs) : undefined;
  try {
    return await tasks.create(params, { signal: abort.signal, l402Token });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
