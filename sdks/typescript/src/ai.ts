import { jsonSchema, type Tool, tool } from 'ai';
import { type ApprovalOptions, guarded } from './approval.js';
import type { QuestionOptions } from './ask.js';
import type { HumanRail } from './client.js';
import { HumanRailError } from './errors.js';
import type { JsonSchema } from './output-type.js';
import type { AnswerOf, Returns } from './returns.js';
import { ASK_HUMAN, ASK_HUMAN_FIXED } from './tool-definitions.js';
import type { JsonObject } from './types/task.js';

type Execute<Input, Output> = NonNullable<Tool<Input, Output>['execute']>;
type ExecuteOptions = Parameters<Execute<unknown, unknown>>[1];

export interface AskHumanToolOptions<R extends Returns | undefined = Returns | undefined>
  extends QuestionOptions {
  /** The tool's description for the model, replacing the SDK's own. */
  description?: string;
  /** How every answer looks, as for `client.ask`; by default the model chooses. */
  returns?: R;
}

/** What the model calls the tool with. */
export interface AskHumanInput {
  question: string;
  payload?: JsonObject;
  /** Only if you have not defined the answer's schema. */
  schema?: JsonSchema;
}

/** What the model reads. */
export interface AskHumanOutput<T = unknown> {
  answer: T;
  confidence: number | null;
  task_id: string;
}

export type AskHumanTool<T> = Tool<AskHumanInput, AskHumanOutput<T>>;

/**
 * A tool of the Vercel AI SDK that lets the model ask a person; the call waits for the verified
 * answer. Failures reach the model as the tool's error.
 *
 * @example
 * generateText({ model, prompt, tools: { ask_human: askHuman(new HumanRail()) } });
 */
export function askHuman<const R extends Returns | undefined = undefined>(
  client: HumanRail,
  options: AskHumanToolOptions<R> = {},
): AskHumanTool<R extends undefined ? unknown : AnswerOf<R>> {
  return askHumanTool(client, options);
}

function askHumanTool<T>(client: HumanRail, options: AskHumanToolOptions): AskHumanTool<T> {
  const { description, returns, ...asked } = options;
  const definition = returns === undefined ? ASK_HUMAN : ASK_HUMAN_FIXED;
  const execute: Execute<AskHumanInput, AskHumanOutput<T>> = async (input, { abortSignal }) => {
    const { value, confidence, task } = await client.ask(input.question, {
      ...asked,
      payload: input.payload,
      returns: returns ?? input.schema,
      signal: abortSignal ?? asked.signal,
    });
    return { answer: value as T, confidence, task_id: task.id };
  };
  return tool<AskHumanInput, AskHumanOutput<T>>({
    description: description ?? definition.description,
    inputSchema: jsonSchema<AskHumanInput>(definition.parameters as object),
    execute,
  });
}

/**
 * The same tool, which runs only after a person has seen its input and allowed the call. A denial
 * reaches the model as the tool's error, with the person's reason. Each call requires a new approval,
 * as by `client.requireApproval`; `show`, `question` and `key` are given the input and the options
 * of the call, such as its `toolCallId`.
 *
 * @example
 * const tools = { issue_refund: withApproval(client, issueRefund, { tool: 'issue_refund' }) };
 */
export function withApproval<Input, Output>(
  client: HumanRail,
  guardedTool: Tool<Input, Output>,
  options: ApprovalOptions<[input: Input, call: ExecuteOptions]>,
): Tool<Input, Output> {
  const execute = guardedTool.execute as Execute<Input, Output> | undefined;
  if (!execute) {
    throw new HumanRailError('withApproval guards tools that have an execute of their own.');
  }
  const run = async (input: Input, call: ExecuteOptions): Promise<Output> => {
    const { show = (shown: Input) => shown } = options;
    const ask = guarded(
      (question, asked) =>
        client.ask(question, { ...asked, signal: call.abortSignal ?? options.signal }),
      async (...args: [input: Input, call: ExecuteOptions]) => lastOf(execute(...args)),
      { ...options, show },
    );
    return await ask(input, call);
  };
  return { ...guardedTool, execute: run } as Tool<Input, Output>;
}

/** A tool may stream partial results; a guarded one returns only the complete one. */
async function lastOf<T>(result: AsyncIterable<T> | PromiseLike<T> | T): Promise<T> {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) {
    return await (result as PromiseLike<T> | T);
  }
  let last: T | undefined;
  for await (const part of result) last = part;
  return last as T;
}
