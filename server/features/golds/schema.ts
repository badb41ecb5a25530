import { z } from 'zod';
import { TypeName } from '@/server/features/task-types/schema';
import type { GoldFault } from '@/server/features/verification';
import { Timestamp, whole } from '@/server/platform/answer-fields';
import { GOLD_STATES, SHIPPED_GOLDS } from './policy';

/** The contract of golds: tasks with a known answer. Browser-safe. */

export const IMPORT_ROWS_MAX = 1_000;
export const IMPORT_CHARS_MAX = 4 * 1024 * 1024;
const PAYLOAD_CHARS_MAX = 256 * 1024;

const JsonObject = z.record(z.string(), z.unknown());

/** A gold's content; `expected_output` is also validated against the type's schema. */
export const GoldContent = z.strictObject({
  payload: JsonObject.refine(
    (value) => JSON.stringify(value).length <= PAYLOAD_CHARS_MAX,
    'A payload may be at most 256 KB of JSON.',
  ).describe('Shown to the worker like the payload of any task of the type.'),
  expected_output: z
    .unknown()
    .refine((value) => value !== undefined, 'Enter the known answer.')
    .describe('The known answer; must satisfy the type’s schema.'),
  explanation: z.string().max(2_000).default('').describe('Shown to workers whose answer differs.'),
  quiz: z.boolean().default(false).describe('True: only asked in the type’s quiz.'),
});
export type GoldContent = z.infer<typeof GoldContent>;

/** The API's input; the path names the type. */
export const CreateGold = GoldContent.meta({
  id: 'CreateGold',
  description: 'A task with a known answer.',
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
    retired_at: Timestamp.nullable().describe('When it was retired; it is no longer asked.'),
    created_at: Timestamp,
  })
  .meta({ id: 'Gold', description: 'A task with a known answer, mixed into workers’ queues.' });
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

/** A row of a file as it would be imported, or its error. */
export interface GoldRow {
  /** Line number as in editors: a CSV's header is 1. */
  line: number;
  content: GoldContent | null;
  fault: string | null;
}

export const ChangeGold = z.strictObject({
  id: z.uuid(),
  quiz: z.boolean().optional(),
  /** A retired gold is no longer asked; its past answers keep counting. */
  retired: z.boolean().optional(),
});
export type ChangeGold = z.infer<typeof ChangeGold>;

export const CandidateRef = z.strictObject({ id: z.uuid() });
export type CandidateRef = z.infer<typeof CandidateRef>;

/** A decided task that a reviewer suggested as a gold. */
export interface GoldCandidate {
  id: string;
  taskId: string;
  payload: Record<string, unknown>;
  expectedOutput: unknown;
  explanation: string;
  createdAt: Date;
}

/** A gold's quality, estimated from its answers. */
export interface GoldHealthFacts {
  served: number;
  correct: number;
  /** Mean share of right answers, with its 90 % interval. */
  share: number;
  lower: number;
  upper: number;
  /**
   * Share right among the better half of workers minus the worse half; null with too few answers.
   */
  discrimination: number | null;
  /** Agreement among workers who answer the type's other golds right; null with too few answers. */
  agreementOfBest: number | null;
  /** Number of upheld disagreements. */
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
  /** Why it retired itself; null if a person retired it. */
  retiredFor: GoldFault | null;
  /** Its answers do not count, because it is probably wrong. */
  withdrawn: boolean;
  /** When a person restored it; its health is measured from the answers since. */
  vouchedAt: Date | null;
  createdAt: Date;
  health: GoldHealthFacts;
}

export interface GoldList {
  golds: Gold[];
  /**
   * The number of built-in golds. Their content is secret, because anyone could sign up as a
   * customer.
   */
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
  /** A retired gold is no longer asked; a withdrawn one's answers do not count either. */
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
  /** Null for built-in golds. */
  organizationId: string | null;
  organization: string | null;
  /** The last check suggested that a person should look at it. */
  doubtful: boolean;
  /** Worker disagreements with it: all, and undecided. */
  disagreements: { open: number; made: number };
  quizAnswers: { given: number; right: number };
}
