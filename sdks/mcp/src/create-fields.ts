import type { CreateTaskParams } from '@humanrail/sdk';
import { z } from 'zod';
import { JsonSchemaArgument, workFields, workParams } from './task-fields.js';

const redundancy = z
  .strictObject({
    min_votes: z.int().optional().describe('How many people answer at least.'),
    max_votes: z.int().optional().describe('And at most; what they cost is held.'),
    target_confidence: z
      .number()
      .optional()
      .describe('No more are asked once the answer is this likely to be right, 0.5 to 0.9999.'),
    vote_value: z
      .number()
      .optional()
      .describe('Nor where one more is expected to add less to that than this, 0 to 1.'),
  })
  .optional()
  .describe('How many people answer, and how sure to be of what they agree on.');

const sandboxWorker = z.strictObject({
  accuracy: z
    .number()
    .optional()
    .describe('Chance that each field is right, 0 to 1; 1 unless told.'),
  delay: z.number().optional().describe('Seconds until it answers.'),
  answers: z.array(z.unknown()).optional().describe('What it answers, one after the other.'),
  behaviour: z.enum(['honest', 'hasty', 'bot', 'silent']).optional(),
});

const sandbox = z
  .strictObject({
    outcome: z.enum(['verified', 'failed', 'expired']).optional().describe('How the task ends.'),
    answer: z.unknown().optional().describe('The right answer; made of the schema unless given.'),
    delay_seconds: z.number().optional().describe('Seconds until each simulated worker answers.'),
    workers: z.array(sandboxWorker).optional().describe('Who answers, in this order.'),
    reviewer: z
      .strictObject({
        decision: z.enum(['accept', 'correct', 'reject', 'wait']),
        output: z.unknown().optional().describe('The right answer, with correct.'),
      })
      .optional()
      .describe('What is decided where it comes before a reviewer.'),
    seed: z
      .union([z.string(), z.int()])
      .optional()
      .describe('The same seed and payload take the same course.'),
  })
  .optional()
  .describe('Test keys only: what the simulated workers do.');

/** What create_task and quote_task take: the body of a create, in the API's names. */
export const createFields = {
  type: z
    .string()
    .min(1)
    .describe('What kind of question it is, of a-z 0-9 _ . -; a saved type supplies defaults.'),
  payload: z.record(z.string(), z.unknown()).describe('What the worker sees.'),
  output_schema: JsonSchemaArgument.optional().describe(
    "JSON Schema of the answer; the saved type's, else one text named answer.",
  ),
  ...workFields,
  redundancy,
  on_low_confidence: z
    .enum(['verify', 'review', 'fail'])
    .optional()
    .describe(
      'Where no more people are asked and the answer is less sure than target_confidence: give it with the confidence it has (default), let a reviewer decide, or fail.',
    ),
  on_timeout: z
    .discriminatedUnion('action', [
      z.strictObject({ action: z.literal('expire') }),
      z.strictObject({
        action: z.literal('default'),
        output: z.record(z.string(), z.unknown()).describe('The answer, where nobody gives one.'),
      }),
    ])
    .optional()
    .describe('What becomes of it where nobody answers in time; it expires unless told.'),
  metadata: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe('Your own notes on the task, never shown to workers; list_tasks can filter by it.'),
  callback_url: z.string().optional().describe('An https URL that gets the events of this task.'),
  agent_guess: z
    .strictObject({ output: z.unknown(), confidence: z.number() })
    .optional()
    .describe(
      'What you think the answer is, and how sure you are, 0 to 1. Workers never see it; once 20 of your guesses were checked, it counts beside their votes.',
    ),
  sandbox,
};

/** The same as the SDK names them. */
export function createParams(args: z.output<z.ZodObject<typeof createFields>>): CreateTaskParams {
  const { redundancy: votes, sandbox: script } = args;
  return {
    ...workParams(args),
    type: args.type,
    payload: args.payload,
    outputSchema: args.output_schema,
    redundancy: votes && {
      minVotes: votes.min_votes,
      maxVotes: votes.max_votes,
      targetConfidence: votes.target_confidence,
      voteValue: votes.vote_value,
    },
    onLowConfidence: args.on_low_confidence,
    onTimeout: args.on_timeout,
    metadata: args.metadata,
    callbackUrl: args.callback_url,
    agentGuess: args.agent_guess,
    sandbox: script && {
      outcome: script.outcome,
      answer: script.answer,
      delaySeconds: script.delay_seconds,
      workers: script.workers,
      reviewer: script.reviewer,
      seed: script.seed,
    },
  };
}
