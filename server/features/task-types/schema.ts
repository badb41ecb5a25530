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
  description: 'Which workers’ answers count, and how thoroughly they are verified.',
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
      .describe('Answers collected before the first judgement.'),
    max_votes: z
      .number()
      .int()
      .min(1)
      .max(25)
      .optional()
      .describe('Maximum number of answers; this amount is held.'),
    target_confidence: z
      .number()
      .min(0.5)
      .max(0.9999)
      .optional()
      .describe('Stop collecting answers once the output is this likely to be right.'),
    vote_value: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Outside tier critical, stop collecting answers once another one is expected to add less than this to the confidence. Default: 0.01; in tier medium 1, unless `max_votes` or `target_confidence` is given.',
      ),
  })
  .meta({ id: 'Redundancy', description: 'How many answers are collected for a task.' });
export type Redundancy = z.infer<typeof Redundancy>;

export const INSTRUCTIONS_BYTES_MAX = 16 * 1024;
/** Maximum payout per answer. */
export const PAYOUT_SATS_MAX = 10_000_000;

const RULES_MAX = 50;

/** A quiz of fewer questions says too little about a worker. */
export const QUESTIONS_MIN = 5;

/** Any JSON value. Left open in the documentation, because tools fail on recursive types. */
const Json = z.custom<z.core.util.JSONType>((value) => value !== undefined);

export const Rule = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9_-]{1,64}$/, 'Use 1 to 64 of a-z, 0-9, underscore and hyphen.')
      .describe('Names the rule in verification reports; unique within the type.'),
    when: Json.optional().describe(
      'JSON Logic over `{payload, output}`; if false, the rule is skipped.',
    ),
    require: Json.describe('JSON Logic over `{payload, output}` that must hold.'),
    message: z
      .string()
      .min(1)
      .max(500)
      .describe('Shown to the worker if the answer breaks the rule: what to do instead.'),
  })
  .meta({ id: 'Rule', description: 'A requirement for answers in addition to the schema.' });
export type Rule = z.infer<typeof Rule>;

const JsonObject = z.record(z.string(), z.unknown());

/** `public`: everybody with the skills; `organization`: the organization's own people alone. */
export const Pool = z
  .enum(['public', 'organization'])
  .meta({ title: 'Pool', description: 'Who may take live tasks.' });
export type Pool = z.infer<typeof Pool>;

const PAYLOAD_FIELDS_MAX = 100;
const HIGHLIGHTS_MAX = 200;

/** How a payload's field is displayed; see docs/pages/payloads.mdx. */
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
  .meta({ title: 'PayloadShape', description: 'How a payload’s field is displayed.' });
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
                description: 'A range of a text, by character positions.',
              }),
          ]),
        )
        .max(HIGHLIGHTS_MAX)
        .optional(),
      collapsed: z.boolean().optional(),
    })
    .meta({ title: 'PayloadHint', description: 'How a payload’s field is displayed, in detail.' }),
]);

export const PayloadUi = z
  .record(z.string().min(1).max(200), PayloadHint)
  .refine((hints) => Object.keys(hints).length <= PAYLOAD_FIELDS_MAX, {
    error: `Give hints for at most ${PAYLOAD_FIELDS_MAX} fields.`,
  });
export type PayloadUi = z.infer<typeof PayloadUi>;

/** The saved content of a type; each field is the default for tasks that omit it. */
export const PutTaskType = z
  .strictObject({
    title: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .optional()
      .describe('The name workers see. Default: the type.'),
    description: z.string().max(2_000).optional(),
    instructions: z.string().optional().describe('Markdown for the worker, at most 16 KB.'),
    output_schema: JsonObject.nullable()
      .optional()
      .describe('JSON Schema (draft 07 or later) of the answer; the limits of a create apply.'),
    payload_ui: PayloadUi.optional().describe(
      'How payload fields are displayed to workers, in the format of a payload’s `$ui`; a payload’s own `$ui` takes precedence.',
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
        'Share of golds in the queue; 0 means none, and more than 0.5 is for test mode: with 1, each scripted worker answers all of them after its first answer. Default: decreases as a worker proves reliable.',
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
      'Who may take live tasks: `public` (default), or `organization` for your own people only.',
    ),
    policy: PolicyOverrides.optional().describe(
      'Verification parameters to override for this type.',
    ),
    check_url: z
      .string()
      .max(2_048)
      .nullable()
      .optional()
      .describe(
        'A URL of yours that judges each answer: it receives a POST of `{task, output}` and responds with `{verdict, message}`.',
      ),
    agent_votes: z
      .boolean()
      .optional()
      .describe(
        'Lets `agent_guess` replace votes once 20 labelled tasks have measured its accuracy. Default: false.',
      ),
    expected_version: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe(
        'Only saves if this is the latest version (0: no saved version), else responds with 409.',
      ),
  })
  .meta({
    id: 'PutTaskType',
    description: 'Defaults of a type, replacing the saved ones.',
  });
export type PutTaskType = z.infer<typeof PutTaskType>;

export const TaskType = z
  .object({
    object: z.literal('task_type'),
    type: z.string(),
    title: z.string(),
    description: z.string(),
    instructions: z.string().describe('Markdown for the worker.'),
    output_schema: JsonObject.nullable().describe('JSON Schema of the answer; null if not set.'),
    payload_ui: z
      .record(z.string(), z.unknown())
      .describe('How payload fields are displayed to workers.'),
    rules: z.array(z.object(Rule.shape).meta({ title: 'Rule' })),
    redundancy: z.object(Redundancy.shape).meta({ title: 'Redundancy' }),
    gold_rate: z
      .number()
      .nullable()
      .describe('Share of golds in the queue, 0 to 1; null if it depends on the worker.'),
    payout_sats: whole.nullable().describe('Sats for each accepted answer.'),
    sla_seconds: whole.nullable().describe('Seconds until a task expires.'),
    risk_tier: RiskTier.nullable(),
    skills_required: z.array(z.string()),
    pool: Pool,
    policy: PolicyOverrides,
    check_url: z.string().nullable().describe('The URL that judges each answer, or null.'),
    agent_votes: z.boolean().describe('Whether the agent’s guess may replace votes.'),
    shipped: z
      .boolean()
      .describe('True for built-in types; save a type of the same name to replace one.'),
    version: whole.describe('Increases with each change.'),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({
    id: 'TaskType',
    description: 'The defaults for tasks of a type.',
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
