import { z } from 'zod';
import {
  PAYOUT_SATS_MAX,
  Redundancy,
  RiskTier,
  TypeName,
} from '@/server/features/task-types/schema';

/** What a create takes (snake_case JSON). Browser-safe. */

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
    `Give at most ${METADATA_KEYS_MAX} keys.`,
  );

const SandboxWorker = z
  .strictObject({
    accuracy: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Chance that each field of its answer is right, whatever the others are, 0 to 1. Default: 1.',
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
        'What it answers, in place of `accuracy`: the first, and the next where the script is gone through again. One that breaks output_schema is refused by the form, and the task goes on to somebody else.',
      ),
    gold_answers: z
      .array(z.unknown())
      .min(1)
      .max(25)
      .optional()
      .describe(
        'What it answers golds of the type, in place of `accuracy`: the first that it is asked, the second, and so on; the last for all that follow.',
      ),
    behaviour: z
      .enum(['honest', 'hasty', 'bot', 'silent'])
      .meta({ title: 'SandboxBehaviour' })
      .optional()
      .describe(
        'What the anomaly stage sees: nothing (`honest`, the default), one strong signal, which is a doubt (`hasty`), or two, which reject (`bot`). `silent` never answers.',
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
    message: 'Give the right answer with a correction, and with nothing else.',
    path: ['output'],
  })
  .meta({ title: 'SandboxReviewer', description: 'What the simulated reviewer says.' });

export const SandboxScript = z
  .strictObject({
    outcome: z
      .enum(['verified', 'failed', 'expired'])
      .meta({ title: 'SandboxOutcome', description: 'How a task of the sandbox is to end.' })
      .optional(),
    answer: z
      .unknown()
      .optional()
      .describe('The right answer of the simulated workers; made up from the schema unless given.'),
    delay_seconds: z
      .number()
      .min(0)
      .max(86_400)
      .optional()
      .describe('Seconds until each of them answers.'),
    workers: z
      .array(SandboxWorker)
      .min(1)
      .max(25)
      .optional()
      .describe(
        'Who answers, in this order. The first entry is the same worker of yours on every task, and so on, so that what each shows adds up.',
      ),
    reviewer: SandboxReviewer.optional().describe(
      'What is decided where the task comes before a reviewer; accepted unless given.',
    ),
    seed: z
      .union([z.string().max(128), z.number().int()])
      .optional()
      .describe('The same seed and payload give the same course of events.'),
  })
  .meta({ id: 'SandboxScript', description: 'What the simulated workers of the sandbox do.' });
export type SandboxScript = z.infer<typeof SandboxScript>;

const OnTimeout = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('expire') }).meta({ title: 'ExpireOnTimeout' }),
    z
      .strictObject({
        action: z.literal('default'),
        output: JsonObject.describe('Given as the output where nobody answers in time.'),
      })
      .meta({ title: 'DefaultOnTimeout' }),
  ])
  .meta({ title: 'OnTimeout', description: 'What happens at the end of the SLA.' });

const OnLowConfidence = z.enum(['verify', 'review', 'fail']).meta({
  title: 'OnLowConfidence',
  description:
    'What happens to an output that no more answers come for and that is less likely to be right than `target_confidence`: it is given with the confidence it has (default), a reviewer decides, or the task fails.',
});

export const CreateTask = z
  .strictObject({
    type: TypeName.describe('What kind of question this is. A saved type supplies defaults.'),
    payload: JsonObject.describe('Shown to the worker. At most 256 KB.'),
    output_schema: JsonObject.optional().describe(
      'JSON Schema (draft 07 or later) of the answer; the worker answers in a form made from it. At most 64 KB, 16 levels of schemas, and 20,000 schemas or 1 MB after every reference is followed; references stay inside it; a pattern has at most 4,000 characters. Answers have at most 1 MB and 256 levels.',
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
      .describe('A worker must hold them all.'),
    risk_tier: RiskTier.optional(),
    redundancy: Redundancy.optional().describe(
      'How many answers are gathered; what is left out follows from the risk tier.',
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
      .describe('Gets this task’s events besides the registered endpoints; https in live mode.'),
    metadata: Metadata.optional().describe('At most 50 keys. Never shown to workers.'),
    agent_guess: z
      .strictObject({
        output: z.unknown().describe('What the agent would have answered.'),
        confidence: z.number().min(0).max(1).describe('How sure it is, 0 to 1.'),
      })
      .meta({ title: 'AgentGuess' })
      .optional()
      .describe('Never shown to workers; feeds the calibration report.'),
    on_low_confidence: OnLowConfidence.optional(),
    on_timeout: OnTimeout.optional(),
    idempotency_key: IdempotencyKey.optional().describe(
      'A second create with it and the same body gives the first task.',
    ),
    sandbox: SandboxScript.optional().describe('Test keys only: scripts the simulated workers.'),
  })
  .meta({ id: 'CreateTask', description: 'A question to people.' });
export type CreateTask = z.infer<typeof CreateTask>;
