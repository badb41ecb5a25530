import { z } from 'zod';
import {
  PAYOUT_SATS_MAX,
  Redundancy,
  RiskTier,
  TypeName,
} from '@/server/features/task-types/schema';

/** The input of a create (snake_case JSON). Browser-safe. */

const JsonObject = z.record(z.string(), z.unknown());

const IdempotencyKey = z.string().min(1).max(256);

export const METADATA_KEYS_MAX = 50;

const Metadata = z
  .record(
    z.string().min(1).max(64),
    z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]),
  )
  .refine(
    (value) => Object.keys(value).length <= METADATA_KEYS_MAX,
    `Use at most ${METADATA_KEYS_MAX} keys.`,
  );

const SandboxWorker = z
  .strictObject({
    accuracy: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Probability that each field of its answer is right, independently, 0 to 1. Default: 1.',
      ),
    delay: z
      .number()
      .min(0)
      .max(86_400)
      .optional()
      .describe('Seconds until it answers. Default: `delay_seconds`.'),
    answers: z
      .array(z.unknown())
      .min(1)
      .max(25)
      .optional()
      .describe(
        'Its answers, instead of `accuracy`: the first, and the next each time the script repeats. An answer that violates output_schema is rejected by the form, and the task goes to another worker.',
      ),
    gold_answers: z
      .array(z.unknown())
      .min(1)
      .max(25)
      .optional()
      .describe(
        'Its answers to golds of the type, instead of `accuracy`: for the first gold, the second, and so on; the last one repeats.',
      ),
    behaviour: z
      .enum(['honest', 'hasty', 'bot', 'silent'])
      .meta({ title: 'SandboxBehaviour' })
      .optional()
      .describe(
        'The signals for the anomaly stage: none (`honest`, the default), one strong signal, which raises a doubt (`hasty`), or two, which reject (`bot`). `silent` never answers.',
      ),
  })
  .meta({ title: 'SandboxWorker', description: 'A simulated worker.' });

const SandboxReviewer = z
  .strictObject({
    decision: z
      .enum(['accept', 'correct', 'reject', 'wait'])
      .meta({ title: 'SandboxDecision' })
      .describe('`wait` leaves it to a person.'),
    output: z.unknown().optional().describe('The right answer, with a correction.'),
  })
  .refine(({ decision, output }) => (decision === 'correct') === (output !== undefined), {
    message: 'Provide the right answer with a correction, and only then.',
    path: ['output'],
  })
  .meta({ title: 'SandboxReviewer', description: 'The simulated reviewer’s decision.' });

export const SandboxScript = z
  .strictObject({
    outcome: z
      .enum(['verified', 'failed', 'expired'])
      .meta({ title: 'SandboxOutcome', description: 'How a sandbox task should end.' })
      .optional(),
    answer: z
      .unknown()
      .optional()
      .describe('The simulated workers’ right answer. Default: generated from the schema.'),
    delay_seconds: z
      .number()
      .min(0)
      .max(86_400)
      .optional()
      .describe('Seconds until each worker answers.'),
    workers: z
      .array(SandboxWorker)
      .min(1)
      .max(25)
      .optional()
      .describe(
        'The answering workers, in this order. Each position is the same worker on all your tasks, so that its track record accumulates.',
      ),
    reviewer: SandboxReviewer.optional().describe(
      'The decision if the task needs a reviewer. Default: accepted.',
    ),
    seed: z
      .union([z.string().max(128), z.number().int()])
      .optional()
      .describe('The same seed and payload reproduce the same events.'),
  })
  .meta({ id: 'SandboxScript', description: 'A script for the sandbox’s simulated workers.' });
export type SandboxScript = z.infer<typeof SandboxScript>;

const OnTimeout = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('expire') }).meta({ title: 'ExpireOnTimeout' }),
    z
      .strictObject({
        action: z.literal('default'),
        output: JsonObject.describe('The output if nobody answers in time.'),
      })
      .meta({ title: 'DefaultOnTimeout' }),
  ])
  .meta({ title: 'OnTimeout', description: 'What happens at the end of the SLA.' });

const OnLowConfidence = z.enum(['verify', 'review', 'fail']).meta({
  title: 'OnLowConfidence',
  description:
    'What happens to an output below `target_confidence` when no more answers can be collected: it is returned with its confidence (default), a reviewer decides, or the task fails.',
});

export const CreateTask = z
  .strictObject({
    type: TypeName.describe('The kind of question. A saved type provides defaults.'),
    payload: JsonObject.describe('Shown to the worker. At most 256 KB.'),
    output_schema: JsonObject.optional().describe(
      'JSON Schema (draft 07 or later) of the answer; the worker answers in a form made from it. At most 64 KB, 16 levels of schemas, and 20,000 schemas or 1 MB after every reference is followed; references must be internal; patterns can have at most 4,000 characters. Answers can have at most 1 MB and 256 levels.',
    ),
    payout_sats: z
      .number()
      .int()
      .min(1)
      .max(PAYOUT_SATS_MAX)
      .optional()
      .describe('Sats paid for each accepted answer.'),
    sla_seconds: z
      .number()
      .int()
      .min(30)
      .max(86_400)
      .optional()
      .describe('Seconds until the task expires. Default: 600.'),
    skills_required: z
      .array(z.string().min(1).max(64))
      .max(16)
      .optional()
      .describe('A worker must have all of them.'),
    risk_tier: RiskTier.optional(),
    redundancy: Redundancy.optional().describe(
      'How many answers are collected; omitted fields depend on the risk tier.',
    ),
    instructions: z
      .string()
      .max(16_384)
      .optional()
      .describe('Markdown for the worker. At most 16 KB.'),
    callback_url: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional()
      .describe(
        'Receives this task’s events in addition to registered endpoints; https in live mode.',
      ),
    metadata: Metadata.optional().describe('At most 50 keys. Never shown to workers.'),
    agent_guess: z
      .strictObject({
        output: z.unknown().describe('The agent’s own answer.'),
        confidence: z.number().min(0).max(1).describe('The agent’s confidence, 0 to 1.'),
      })
      .meta({ title: 'AgentGuess' })
      .optional()
      .describe('Never shown to workers; used in the calibration report.'),
    on_low_confidence: OnLowConfidence.optional(),
    on_timeout: OnTimeout.optional(),
    idempotency_key: IdempotencyKey.optional().describe(
      'A second create with the same key and body returns the first task.',
    ),
    sandbox: SandboxScript.optional().describe('Test keys only: scripts the simulated workers.'),
  })
  .meta({ id: 'CreateTask', description: 'A question to people.' });
export type CreateTask = z.infer<typeof CreateTask>;
