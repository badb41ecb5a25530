import { z } from 'zod';
import { TypeName } from '@/server/features/task-types/schema';
import type { GoldFault } from '@/server/features/verification';
import { Timestamp, whole } from '@/server/platform/answer-fields';
import { GOLD_STATES, SHIPPED_GOLDS } from './policy';

/** The contract of golds: tasks whose answer is known. Browser-safe. */

export const IMPORT_ROWS_MAX = 1_000;
export const IMPORT_CHARS_MAX = 4 * 1024 * 1024;
const PAYLOAD_CHARS_MAX = 256 * 1024;

const JsonObject = z.record(z.string(), z.unknown());

/** What makes a gold; `expected_output` is held against the type's schema besides. */
export const GoldContent = z.strictObject({
  payload: JsonObject.refine(
    (value) => JSON.stringify(value).length <= PAYLOAD_CHARS_MAX,
    'A payload may be at most 256 KB of JSON.',
  ).describe('Shown to the worker, as that of any task of the type.'),
  expected_output: z
    .unknown()
    .refine((value) => value !== undefined, 'Give the known answer.')
    .describe('The known answer; it satisfies the type’s schema.'),
  explanation: z
    .string()
    .max(2_000)
    .default('')
    .describe('Told to the worker whose answer differs.'),
  quiz: z
    .boolean()
    .default(false)
    .describe('True: kept for the quiz of the type, and asked nowhere else.'),
});
export type GoldContent = z.infer<typeof GoldContent>;

/** What the API takes; the path says the type. */
export const CreateGold = GoldContent.meta({
  id: 'CreateGold',
  description: 'A task whose answer is known.',
});

export const GoldResource = z
  .object({
    object: z.literal('gold'),
    id: z.string(),
    type: z.string(),
    payload: JsonObject,
    expected_output: z.unknown(),
    explanation: z.string(),
    quiz: z.boolean(),
    served: whole.describe('How often it was answered.'),
    correct: whole.describe('How often rightly.'),
    retired_at: Timestamp.nullable().describe('Since then nobody is asked it.'),
    created_at: Timestamp,
  })
  .meta({ id: 'Gold', description: 'A task whose answer is known, mixed into workers’ queues.' });
export type GoldResource = z.infer<typeof GoldResource>;

export const DeletedGold = z
  .object({ object: z.literal('gold'), id: z.string(), deleted: z.literal(true) })
  .meta({ id: 'DeletedGold' });

export const AddGold = GoldContent.extend({ type: TypeName });
export type AddGold = z.input<typeof AddGold>;

export const GoldFile = z.strictObject({
  type: TypeName,
  format: z.enum(['csv', 'jsonl']),
  text: z
    .string()
    .min(1, 'The file is empty.')
    .max(IMPORT_CHARS_MAX, 'A file may be at most 4 MB.'),
});
export type GoldFile = z.infer<typeof GoldFile>;

/** A row of a file as it would be imported, or what is wrong with it. */
export interface GoldRow {
  /** Counted as editors count lines: a CSV's header is 1. */
  line: number;
  content: GoldContent | null;
  fault: string | null;
}

export const ChangeGold = z.strictObject({
  id: z.uuid(),
  quiz: z.boolean().optional(),
  /** A gold that is retired is served no more; what it told stays. */
  retired: z.boolean().optional(),
});
export type ChangeGold = z.infer<typeof ChangeGold>;

export const CandidateRef = z.strictObject({ id: z.uuid() });
export type CandidateRef = z.infer<typeof CandidateRef>;

/** A decided task that a reviewer holds fit to become a gold. */
export interface GoldCandidate {
  id: string;
  taskId: string;
  payload: Record<string, unknown>;
  expectedOutput: unknown;
  explanation: string;
  createdAt: Date;
}

/** How good a gold is, as far as its answers tell. */
export interface GoldHealthFacts {
  served: number;
  correct: number;
  /** Mean of the share answered right, and the interval that holds it nine times in ten. */
  share: number;
  lower: number;
  upper: number;
  /** Right among the better half of workers less right among the worse; null with too few answers. */
  discrimination: number | null;
  /** Share of who is right on the type's other golds and agrees with it; null with too few answers. */
  agreementOfBest: number | null;
  /** Times somebody's disagreement was upheld. */
  overturned: number;
  state: 'unknown' | 'healthy' | 'watch' | 'retire';
}

export interface Gold {
  id: string;
  type: string;
  payload: Record<string, unknown>;
  expectedOutput: unknown;
  explanation: string;
  quiz: boolean;
  retiredAt: Date | null;
  /** Why it retired itself; null where somebody retired it. */
  retiredFor: GoldFault | null;
  /** Its answers count for and against nobody, as it is likely wrong. */
  withdrawn: boolean;
  /** When somebody brought it back; its health is judged by the answers since. */
  vouchedAt: Date | null;
  createdAt: Date;
  health: GoldHealthFacts;
}

export interface GoldList {
  golds: Gold[];
  /** Those that ship with the type. What they say is shown to nobody: workers could sign up too. */
  shipped: number;
}

export type GoldState = (typeof GOLD_STATES)[number];

export const FindGolds = z.strictObject({
  state: z.enum(GOLD_STATES).optional(),
  type: TypeName.optional(),
  organizationId: z.union([z.uuid(), z.literal(SHIPPED_GOLDS)]).optional(),
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});
export type FindGolds = z.input<typeof FindGolds>;

export const DecideGold = z.strictObject({
  id: z.uuid(),
  /** Retired, it is asked no more. Withdrawn, its answers count for and against nobody besides. */
  decision: z.enum(['retire', 'withdraw', 'bring_back']),
  reason: z
    .string()
    .trim()
    .min(5, 'Enter a short reason; the organization sees it.')
    .max(500, 'At most 500 characters.'),
});
export type DecideGold = z.infer<typeof DecideGold>;

/** A gold as operators see it. */
export interface InstanceGold extends Gold {
  /** Null where it ships. */
  organizationId: string | null;
  organization: string | null;
  /** Its answers said at the last look that somebody should look at it. */
  doubtful: boolean;
  /** Times that workers disagreed with it, and those of them that are not decided. */
  disagreements: { open: number; made: number };
  quizAnswers: { given: number; right: number };
}
