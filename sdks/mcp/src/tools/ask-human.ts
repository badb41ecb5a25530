import { HumanRailError, isTerminal, type Task } from '@humanrail/sdk';
import { z } from 'zod';
import { explain } from '../error-advice.js';
import { questionKey } from '../idempotency.js';
import { JsonSchemaArgument, workFields, workParams } from '../task-fields.js';
import { standing } from '../task-view.js';
import { defineTool, type ToolAnswer } from '../tool.js';
import { waitForTask } from '../waiting.js';

/** As `ask` of every SDK has it, so that one question is one task wherever it is asked. */
const QUESTION_TYPE = 'question';
const QUESTION_PAYOUT_SATS = 300;
const TEXT_SCHEMA = {
  type: 'object',
  required: ['answer'],
  properties: { answer: { type: 'string' } },
};

/** Below the 60 seconds after which most clients give a call up. */
const WAIT_SECONDS = 50;
const WAIT_SECONDS_MAX = 900;

const Input = z.strictObject({
  question: z.string().trim().min(1).describe('The question, in words.'),
  payload: z
    .record(z.string(), z.unknown())
    .refine((payload) => !('question' in payload), {
      message: 'has a field named question, which is where the question goes; rename it',
    })
    .optional()
    .describe('What the person sees besides the question: texts, image URLs, facts.'),
  schema: JsonSchemaArgument.optional().describe(
    'JSON Schema of the answer, which becomes the form that the person fills in; a text unless given.',
  ),
  type: z
    .string()
    .optional()
    .describe('A task type of the organization, which supplies its own schema and payout.'),
  ...workFields,
  key: z
    .string()
    .optional()
    .describe(
      'Idempotency key. Made of question, payload and schema unless given; give one of your own to ask the same thing anew.',
    ),
  wait_seconds: z
    .int()
    .min(0)
    .max(WAIT_SECONDS_MAX)
    .default(WAIT_SECONDS)
    .describe('How long this call waits for the answer; set it below your own time-out.'),
});

const Output = z.object({
  task_id: z.string().describe('For wait_for_task, where there is no answer yet.'),
  status: z.string().describe('`verified` where there is an answer.'),
  answer: z
    .unknown()
    .describe('The verified answer, by the schema; a text without one; null until there is one.'),
  confidence: z.number().nullable().describe('How likely the answer is right, 0 to 1.'),
  confidence_basis: z
    .string()
    .optional()
    .describe('What the confidence rests on: `uncalibrated`, `provisional` or `calibrated`.'),
});

export const askHuman = defineTool({
  name: 'ask_human',
  title: 'Ask a person',
  description:
    'Puts a question to a person and returns their verified answer. Takes minutes; costs money (payout_sats and a fee), which is held at once and charged only for an accepted answer. Asking the same again returns the same task and its answer, and costs nothing more.',
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: true,
  },
  input: Input,
  output: Output,
  async run(args, call) {
    const { question, payload = {}, type } = args;
    const schema = args.schema ?? (type === undefined ? TEXT_SCHEMA : undefined);
    const created = await call.client.tasks.create(
      {
        ...workParams(args),
        type: type ?? QUESTION_TYPE,
        payload: { question, ...payload },
        outputSchema: schema,
        // A custom type has its own payout.
        payoutSats: args.payout_sats ?? (type === undefined ? QUESTION_PAYOUT_SATS : undefined),
        idempotencyKey:
          args.key ?? questionKey({ question, payload, output_schema: schema ?? null }),
      },
      { signal: call.signal },
    );
    if (isTerminal(created)) return answerOf(created);
    if (call.takesHandle) return { handle: created };
    try {
      return answerOf(await waitForTask(call.client, created.id, args.wait_seconds, call));
    } catch (error) {
      if (!(error instanceof HumanRailError)) throw error;
      const pending = answerOf(created);
      return {
        ...pending,
        isError: true,
        text: `The task exists, and waiting for it was interrupted: ${explain(error)}\nGo on by wait_for_task with task_id ${created.id}.`,
      };
    }
  },
});

/** What `ask_human` says of a task, ended or not. */
export function answerOf(task: Task): ToolAnswer {
  const { confidenceBasis } = task as { confidenceBasis?: string | null };
  const answer = task.status === 'verified' ? answerIn(task) : null;
  const structured = {
    task_id: task.id,
    status: task.status,
    answer,
    confidence: task.confidence,
    ...(confidenceBasis ? { confidence_basis: confidenceBasis } : {}),
  };
  if (task.status === 'verified') {
    const words = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return { text: `The answer: ${words}`, structured };
  }
  if (!isTerminal(task)) return { text: standing(task), structured };
  return {
    text: `There is no answer. ${standing(task)} To ask again, call ask_human with a key of your own.`,
    structured,
    isError: true,
  };
}

/** The text itself where only a text was asked for. */
function answerIn(task: Task): unknown {
  const { output, outputSchema } = task;
  const isText = JSON.stringify(outputSchema) === JSON.stringify(TEXT_SCHEMA);
  if (!isText || typeof output !== 'object' || output === null) return output;
  return (output as { answer?: unknown }).answer ?? output;
}
