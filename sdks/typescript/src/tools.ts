import type { QuestionOptions } from './ask.js';
import type { HumanRail } from './client.js';
import { HumanRailError } from './errors.js';
import { shortDigest } from './idempotency-key.js';
import { canonicalJson, plainJson } from './json.js';
import type { JsonSchema } from './output-type.js';
import {
  ASK_HUMAN,
  argumentsOf,
  CANCEL_TASK,
  CREATE_TASK,
  GET_TASK,
  type ToolDefinition,
} from './tool-definitions.js';
import type { JsonObject, Task } from './types/task.js';

export type { ToolDefinition, ToolParameters } from './tool-definitions.js';

/** For OpenAI's Chat Completions (`tools`). */
export interface OpenAiTool {
  type: 'function';
  function: ToolDefinition;
}

/** For OpenAI's Responses (`tools`). */
export interface OpenAiResponsesTool extends ToolDefinition {
  type: 'function';
  strict: false;
}

/** For Anthropic's Messages (`tools`). */
export interface AnthropicTool {
  name: string;
  description: string;
  input_schema: ToolDefinition['parameters'];
}

/** A call that a model asks for: of Chat Completions, of Responses, or of Messages. */
export type ToolCall =
  | { type: 'function'; id: string; function: { name: string; arguments: string } }
  | { type: 'function_call'; call_id: string; name: string; arguments: string }
  | { type: 'tool_use'; id: string; name: string; input: unknown };

/** The result of a call, in its API's format. */
export type ToolReply<Call extends ToolCall = ToolCall> = Call extends { type: 'function' }
  ? { role: 'tool'; tool_call_id: string; content: string }
  : Call extends { type: 'function_call' }
    ? { type: 'function_call_output'; call_id: string; output: string }
    : { type: 'tool_result'; tool_use_id: string; content: string; is_error?: true };

const DEFINITIONS: readonly ToolDefinition[] = [ASK_HUMAN, CREATE_TASK, GET_TASK, CANCEL_TASK];

/**
 * The tools `ask_human`, `create_task`, `get_task` and `cancel_task`, for any model that calls tools.
 *
 * @example
 * const tools = new HumanTools(new HumanRail());
 * const { choices } = await openai.chat.completions.create({ model, messages, tools: tools.openai() });
 * for (const call of choices[0].message.tool_calls) messages.push(await tools.run(call));
 */
export class HumanTools {
  /** The tools' names; run calls of other tools yourself. */
  readonly names: ReadonlySet<string> = new Set(DEFINITIONS.map(({ name }) => name));

  /** @param options what each question is sent with, as for `client.ask`. */
  constructor(
    private readonly client: HumanRail,
    private readonly options: Omit<QuestionOptions, 'type'> = {},
  ) {}

  openai(): OpenAiTool[] {
    return DEFINITIONS.map((definition) => ({ type: 'function', function: definition }));
  }

  openaiResponses(): OpenAiResponsesTool[] {
    return DEFINITIONS.map((definition) => ({ type: 'function', strict: false, ...definition }));
  }

  anthropic(): AnthropicTool[] {
    return DEFINITIONS.map(({ name, description, parameters }) => ({
      name,
      description,
      input_schema: parameters,
    }));
  }

  /**
   * Runs a call and returns the message, item or block with its result. Failures are reported to
   * the model, which can act on it.
   * @throws HumanRailError for anything but a tool call; the signal's reason.
   */
  async run<const Call extends ToolCall>(call: Call): Promise<ToolReply<Call>> {
    const { name, given, reply } = readCall(call);
    let text: string;
    let isError = false;
    try {
      text = await this.answer(name, given);
    } catch (error) {
      if (!(error instanceof HumanRailError)) throw error;
      text = `${error.name}: ${error.message}`;
      isError = true;
    }
    return reply(text, isError) as ToolReply<Call>;
  }

  /** The text that the model reads for a call. @throws the errors of its calls. */
  async answer(name: string, given: unknown): Promise<string> {
    const { tasks } = this.client;
    switch (name) {
      case ASK_HUMAN.name: {
        const asked = argumentsOf<AskHumanInput>(ASK_HUMAN, given);
        const { question, payload, schema: returns } = asked;
        const { value } = await this.client.ask(question, { ...this.options, payload, returns });
        return typeof value === 'string' ? value : JSON.stringify(value);
      }
      case CREATE_TASK.name:
        return await this.create(argumentsOf<CreateTaskInput>(CREATE_TASK, given));
      case GET_TASK.name: {
        const { task_id } = argumentsOf<TaskIdInput>(GET_TASK, given);
        return taskText(await tasks.get(task_id, { signal: this.options.signal }));
      }
      case CANCEL_TASK.name: {
        const { task_id } = argumentsOf<TaskIdInput>(CANCEL_TASK, given);
        return taskText(await tasks.cancel(task_id, { signal: this.options.signal }));
      }
      default:
        throw new HumanRailError(
          `There is no tool ${name}; there are ${[...this.names].join(', ')}.`,
        );
    }
  }

  private async create(input: CreateTaskInput): Promise<string> {
    const { timeoutMs: _, signal, ...options } = this.options;
    const { type, payload, schema: outputSchema } = input;
    // A model that repeats itself makes one task.
    const idempotencyKey = `tool:${shortDigest(canonicalJson(plainJson(input, 'The arguments')))}`;
    const params = { ...options, type, payload, outputSchema, idempotencyKey };
    return taskText(await this.client.tasks.create(params, { signal }));
  }
}

interface AskHumanInput {
  question: string;
  payload?: JsonObject;
  schema?: JsonSchema;
}

interface CreateTaskInput {
  type: string;
  payload: JsonObject;
  schema?: JsonSchema;
}

interface TaskIdInput {
  task_id: string;
}

interface ReadCall {
  name: string;
  given: unknown;
  reply: (text: string, isError: boolean) => ToolReply;
}

function readCall(call: ToolCall): ReadCall {
  switch (call?.type) {
    case 'function':
      return {
        name: call.function.name,
        given: call.function.arguments,
        reply: (content) => ({ role: 'tool', tool_call_id: call.id, content }),
      };
    case 'function_call':
      return {
        name: call.name,
        given: call.arguments,
        reply: (output) => ({ type: 'function_call_output', call_id: call.call_id, output }),
      };
    case 'tool_use':
      return {
        name: call.name,
        given: call.input,
        reply: (content, isError) => ({
          type: 'tool_result',
          tool_use_id: call.id,
          content,
          ...(isError ? { is_error: true } : {}),
        }),
      };
    default:
      throw new HumanRailError(
        "This is no call of a tool: pass an item of OpenAI's tool_calls or output, or an Anthropic tool_use block.",
      );
  }
}

/** A task's description for the model. */
function taskText({ id, status, output, confidence, failureReason }: Task): string {
  const reason = failureReason ? { failure_reason: failureReason.message } : {};
  return JSON.stringify({ task_id: id, status, output, confidence, ...reason });
}
