import { z } from 'zod';
import { Timestamp, whole } from '@/server/platform/answer-fields';
import { TYPE_NAME_FAULT } from './policy';
import { PolicyOverrides } from './policy-overrides';

export { PolicyOverrides };

/** The wire contract of task types (snake_case JSON). Browser-safe. */

export const TypeName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-z0-9_.-]+$/, TYPE_NAME_FAULT);

export const RiskTier = z.enum(['low', 'medium', 'high', 'critical']).meta({
  title: 'RiskTier',
  description: 'Whose answers count, and how deep they are verified.',
});
export type RiskTier = z.infer<typeof RiskTier>;

export const Redundancy = z
  .strictObject({
    min_votes: z
      .number()
      .int()
      .min(1)
      .max(25)
      .optional()
      .describe('Answers gathered before the first judgement.'),
    max_votes: z
      .number()
      .int()
      .min(1)
      .max(25)
      .optional()
      .describe('Answers gathered at most; they are what is held.'),
    target_confidence: z
      .number()
      .min(0.5)
      .max(0.9999)
      .optional()
      .describe('No more answers are asked for once the output is this likely to be right.'),
    vote_value: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Outside tier critical, no more answers are asked for that are not expected to add as much to the confidence, each. Default: 0.01; in tier medium 1, unless `max_votes` or `target_confidence` is given.',
      ),
  })
  .meta({ id: 'Redundancy', description: 'How many answers are gathered for a task.' });
export type Redundancy = z.infer<typeof Redundancy>;

export const INSTRUCTIONS_BYTES_MAX = 16 * 1024;
/** The most that one answer can be paid. */
export const PAYOUT_SATS_MAX = 10_000_000;

const RULES_MAX = 50;

/** A quiz of fewer questions says too little about anybody. */
export const QUESTIONS_MIN = 5;

/** Any JSON value. The documentation leaves it open: tools stumble over types that contain themselves. */
const Json = z.custom<z.core.util.JSONType>((value) => value !== undefined);

export const Rule = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9_-]{1,64}$/, 'Use 1 to 64 of a-z, 0-9, underscore and hyphen.')
      .describe('Names the rule in verification reports; unique within the type.'),
    when: Json.optional().describe(
      'JSON Logic over `{payload, output}`; where it is false, the rule is left aside.',
    ),
    require: Json.describe('JSON Logic over `{payload, output}` that must hold.'),
    message: z
      .string()
      .min(1)
      .max(500)
      .describe('Told to the worker whose answer breaks the rule: what to do instead.'),
  })
  .meta({ id: 'Rule', description: 'What an answer must meet besides its schema.' });
export type Rule = z.infer<typeof Rule>;

const JsonObject = z.record(z.string(), z.unknown());

/** `public`: everybody with the skills; `organization`: the organization's own people alone. */
export const Pool = z
  .enum(['public', 'organization'])
  .meta({ title: 'Pool', description: 'Whose people may take live tasks.' });
export type Pool = z.infer<typeof Pool>;

const PAYLOAD_FIELDS_MAX = 100;
const HIGHLIGHTS_MAX = 200;

/** The words by which a payload's field is shown; docs/pages/payloads.mdx says what each means. */
export const PayloadShape = z
  .enum([
    'markdown',
    'text',
    'code',
    'image',
    'gallery',
    'pdf',
    'audio',
    'video',
    'link',
    'table',
    'list',
    'diff',
    'chat',
    'html',
    'csv',
    'json',
    'hidden',
  ])
  .meta({ title: 'PayloadShape', description: 'How a field of a payload is shown.' });
export type PayloadShape = z.infer<typeof PayloadShape>;

export const PayloadHint = z.union([
  PayloadShape,
  z
    .strictObject({
      as: PayloadShape.optional(),
      label: z.string().min(1).max(120).optional(),
      highlight: z
        .array(
          z.union([
            z.string().min(1).max(200),
            z
              .strictObject({
                start: z.number().int().min(0),
                end: z.number().int().min(1),
                label: z.string().max(120).optional(),
              })
              .meta({
                title: 'PayloadHighlight',
                description: 'A part of a text, by its characters.',
              }),
          ]),
        )
        .max(HIGHLIGHTS_MAX)
        .optional(),
      collapsed: z.boolean().optional(),
    })
    .meta({ title: 'PayloadHint', description: 'How a field of a payload is shown, in detail.' }),
]);

export const PayloadUi = z
  .record(z.string().min(1).max(200), PayloadHint)
  .refine((hints) => Object.keys(hints).length <= PAYLOAD_FIELDS_MAX, {
    error: `Give hints for at most ${PAYLOAD_FIELDS_MAX} fields.`,
  });
export type PayloadUi = z.infer<typeof PayloadUi>;

/** What can be saved for a type; each field is the default for tasks that leave it out. */
export const PutTaskType = z
  .strictObject({
    title: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .optional()
      .describe('What workers see. Default: the type.'),
    description: z.string().max(2_000).optional(),
    instructions: z.string().optional().describe('Markdown for the worker, at most 16 KB.'),
    output_schema: JsonObject.nullable()
      .optional()
      .describe('JSON Schema (draft 07 or later) of the answer; its bounds are those of a create.'),
    payload_ui: PayloadUi.optional().describe(
      'How the fields of its payloads are shown to workers, as `$ui` in a payload says it; a payload’s own `$ui` comes first.',
    ),
    rules: z.array(Rule).max(RULES_MAX).optional(),
    redundancy: Redundancy.optional(),
    gold_rate: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .optional()
      .describe(
        'Share of known answers in the queue; 0 is none, and more than 0.5 is for test mode: with 1, each scripted worker goes through all of them after its first answer. Default: it falls as a worker proves reliable.',
      ),
    payout_sats: z
      .number()
      .int()
      .min(1)
      .max(PAYOUT_SATS_MAX)
      .nullable()
      .optional()
      .describe('Sats for each accepted answer.'),
    sla_seconds: z
      .number()
      .int()
      .min(30)
      .max(86_400)
      .nullable()
      .optional()
      .describe('Seconds until a task expires.'),
    risk_tier: RiskTier.nullable().optional(),
    skills_required: z.array(z.string().min(1).max(64)).max(16).optional(),
    pool: Pool.optional().describe(
      'Whose people may take live tasks: `public` (default), or `organization` for your own alone.',
    ),
    policy: PolicyOverrides.optional().describe(
      'Numbers of verification that differ for this type.',
    ),
    check_url: z
      .string()
      .max(2_048)
      .nullable()
      .optional()
      .describe(
        'A URL of yours that judges each answer: it is posted `{task, output}` and answers `{verdict, message}`.',
      ),
    agent_votes: z
      .boolean()
      .optional()
      .describe(
        'Lets `agent_guess` stand in for votes, once 20 labelled tasks show what it is worth. Default: false.',
      ),
    expected_version: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe(
        'Saves only if this is the version saved last (0: nothing of yours is saved), else 409.',
      ),
  })
  .meta({
    id: 'PutTaskType',
    description: 'Defaults of a type, in place of what was saved before.',
  });
export type PutTaskType = z.infer<typeof PutTaskType>;

export const TaskType = z
  .object({
    object: z.literal('task_type'),
    type: z.string(),
    title: z.string(),
    description: z.string(),
    instructions: z.string().describe('Markdown for the worker.'),
    output_schema: JsonObject.nullable().describe(
      'JSON Schema of the answer; null where none is set.',
    ),
    payload_ui: z
      .record(z.string(), z.unknown())
      .describe('How the fields of its payloads are shown to workers.'),
    rules: z.array(z.object(Rule.shape).meta({ title: 'Rule' })),
    redundancy: z.object(Redundancy.shape).meta({ title: 'Redundancy' }),
    gold_rate: z
      .number()
      .nullable()
      .describe('Share of known answers in the queue, 0 to 1; null where it follows the worker.'),
    payout_sats: whole.nullable().describe('Sats for each accepted answer.'),
    sla_seconds: whole.nullable().describe('Seconds until a task expires.'),
    risk_tier: RiskTier.nullable(),
    skills_required: z.array(z.string()),
    pool: Pool,
    policy: PolicyOverrides,
    check_url: z.string().nullable().describe('The URL that judges each answer; null for none.'),
    agent_votes: z.boolean().describe('Whether the agent’s guess may stand in for votes.'),
    shipped: z
      .boolean()
      .describe('True for types that come with the product; save one of its name to replace it.'),
    version: whole.describe('Grows with each change.'),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({
    id: 'TaskType',
    description: 'What tasks of a type get where their create leaves it out.',
  });
export type TaskType = z.infer<typeof TaskType>;

export const DeletedTaskType = z
  .object({
    object: z.literal('task_type'),
    type: z.string(),
    deleted: z.literal(true),
  })
  .meta({ id: 'DeletedTaskType' });
export type DeletedTaskType = z.infer<typeof DeletedTaskType>;
