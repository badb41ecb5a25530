import { HumanRailError } from './errors.js';

type Kind = 'string' | 'object';

/** The JSON Schema of a tool's arguments: one level of texts and objects. */
export interface ToolParameters {
  readonly type: 'object';
  readonly properties: Readonly<
    Record<string, { readonly type: Kind; readonly description: string }>
  >;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** A tool's definition for models. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: ToolParameters;
}

const payload = {
  type: 'object',
  description: 'What the person sees besides the question.',
} as const;
const schema = {
  type: 'object',
  description: 'JSON Schema of the answer; a text unless given.',
} as const;
const taskId = { type: 'string', description: "The task's id." } as const;

export const ASK_HUMAN: ToolDefinition = {
  name: 'ask_human',
  description:
    'Asks a person and waits for their verified answer. Use it for what needs human judgement. Asking the same again gives the same answer.',
  parameters: parameters(
    { question: { type: 'string', description: 'The question, in words.' }, payload, schema },
    ['question'],
  ),
};

/** `ask_human` if you have defined the answer's schema. */
export const ASK_HUMAN_FIXED: ToolDefinition = {
  ...ASK_HUMAN,
  parameters: parameters(
    { question: { type: 'string', description: 'The question, in words.' }, payload },
    ['question'],
  ),
};

export const CREATE_TASK: ToolDefinition = {
  name: 'create_task',
  description: 'Sends a task to people without waiting. Read its answer later by get_task.',
  parameters: parameters(
    {
      type: { type: 'string', description: 'What kind of question it is: a-z 0-9 _ . -' },
      payload,
      schema,
    },
    ['type', 'payload'],
  ),
};

export const GET_TASK: ToolDefinition = {
  name: 'get_task',
  description: 'Reads a task: its status and output.',
  parameters: parameters({ task_id: taskId }, ['task_id']),
};

export const CANCEL_TASK: ToolDefinition = {
  name: 'cancel_task',
  description: 'Calls off a task that nobody has answered yet.',
  parameters: parameters({ task_id: taskId }, ['task_id']),
};

function parameters(
  properties: ToolParameters['properties'],
  required: readonly string[],
): ToolParameters {
  return { type: 'object', properties, required, additionalProperties: false };
}

/**
 * The arguments of a call; models write them as JSON text or as an object.
 * @throws HumanRailError, whose message tells the model what to fix.
 */
export function argumentsOf<T>({ name, parameters }: ToolDefinition, given: unknown): T {
  const value = typeof given === 'string' ? parsed(given || '{}') : given;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HumanRailError(`The arguments of ${name} must be a JSON object.`);
  }
  const { properties, required } = parameters;
  const present = Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== null && one !== undefined),
  );
  for (const field of required) {
    if (!(field in present)) throw new HumanRailError(`${name} needs ${field}.`);
  }
  for (const [field, one] of Object.entries(present)) {
    const kind = properties[field]?.type;
    if (!kind) {
      throw new HumanRailError(
        `${name} takes ${Object.keys(properties).join(', ')}, not ${field}.`,
      );
    }
    if (typeof one !== kind || Array.isArray(one)) {
      throw new HumanRailError(`${field} must be of type ${kind}.`);
    }
  }
  return present as T;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
