import { z } from 'zod';
import type { PayoutSettings } from '@/server/features/payouts/schema';
import type { SkillStanding, TypeStanding } from '@/server/features/verification/schema';
import { SkillName } from '@/server/features/workers/schema';
import { ABOUT_CHARS_MAX, WORKER_STATES } from './policy';

/** Contracts of worker onboarding. Browser-safe. */

export const ChooseSkills = z.strictObject({ skills: z.array(SkillName).max(64) });
export type ChooseSkills = z.infer<typeof ChooseSkills>;

export const OfSkill = z.strictObject({ skill: SkillName });
export type OfSkill = z.infer<typeof OfSkill>;

export const OfPause = z.strictObject({ pauseId: z.uuid() });
export type OfPause = z.infer<typeof OfPause>;

export const AnswerQuestion = z.strictObject({ questionId: z.uuid(), output: z.unknown() });
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;

export const Practise = z.strictObject({ type: SkillName, output: z.unknown() });
export type Practise = z.infer<typeof Practise>;

export const PardonQuiz = z.strictObject({ workerId: z.uuid(), skill: SkillName });
export type PardonQuiz = z.infer<typeof PardonQuiz>;

/** A worker's introduction; empty removes it. */
export const SaveAbout = z.strictObject({
  about: z.string().trim().max(ABOUT_CHARS_MAX, 'At most 1,000 characters.'),
});
export type SaveAbout = z.infer<typeof SaveAbout>;

/** An operator's note about a worker, visible to operators only. */
export const AddNote = z.strictObject({
  workerId: z.uuid(),
  text: z.string().trim().min(1, 'Write a note.').max(2_000, 'At most 2,000 characters.'),
});
export type AddNote = z.infer<typeof AddNote>;

type Json = Record<string, unknown>;

/** A worker's state in the quiz of a skill. */
export type QuizState =
  /** No quiz: the skill is self-declared. */
  | 'free'
  | 'ready'
  /** An attempt is in progress. */
  | 'open'
  /** An attempt failed; the next one is allowed from `retryAt`. */
  | 'cooling'
  /** No attempts left. */
  | 'closed'
  | 'held'
  /** Held but suspended: no tasks that need it until an operator restores it. */
  | 'paused';

export interface SkillStep {
  name: string;
  description: string;
  wanted: boolean;
  state: QuizState;
  /** Per attempt; 0 without a quiz. */
  questions: number;
  minutes: number;
  triesLeft: number;
  retryAt: Date | null;
}

export interface OnboardingView {
  name: string;
  email: string;
  emailConfirmed: boolean;
  vetting: 'waiting' | 'approved' | 'rejected';
  vettingReason: string | null;
  /** The organization whose own people the worker belongs to. */
  poolName: string | null;
  about: string;
  skills: SkillStep[];
  payout: PayoutSettings & { chosen: boolean };
  /** The built-in types with a practice task, those matching the chosen skills first. */
  practice: { types: { type: string; title: string }[]; done: boolean };
  finished: boolean;
}

/** The form and instructions of a quiz or practice task. */
export interface AskedType {
  type: string;
  title: string;
  instructions: string;
  formSchema: Json;
}

/** A past question, limited to what does not reveal the golds. */
export interface QuizFeedback {
  position: number;
  correct: boolean;
  /** For wrong answers only: the question, the given answer, and the explanation. */
  wrong: { payload: Json; output: unknown; explanation: string } | null;
}

export interface QuizView {
  id: string;
  skill: string;
  /** The pause it ends; null for a skill's own quiz. */
  pauseId: string | null;
  number: number;
  status: 'open' | 'passed' | 'failed';
  expiresAt: Date;
  total: number;
  answered: number;
  /** Right answers needed to pass. */
  needed: number;
  asked: AskedType;
  /** The current question; null once it is over. */
  question: { id: string; position: number; payload: Json } | null;
  result: {
    correct: number;
    timedOut: boolean;
    questions: QuizFeedback[];
    triesLeft: number;
    retryAt: Date | null;
  } | null;
}

/** The quiz that ends the pause of a type. */
export interface ReturnQuizView {
  type: string;
  /** Why the type is paused. */
  reason: string;
  /** Whether it can be attempted; `held` once the pause is over. */
  step: SkillStep;
  /** The latest attempt; null if there is none. */
  last: QuizView | null;
}

export interface PracticeView {
  asked: AskedType;
  payload: Json;
}

/** The result of the practice task; its known answer is public. */
export interface PracticeResult {
  correct: boolean;
  expected: Json;
  explanation: string;
}

/** An operator's worker search. */
export const FindWorkers = z.strictObject({
  state: z.enum(WORKER_STATES).optional(),
  /** Part of the name or address, or the full ID. */
  search: z.string().trim().max(200).optional(),
  skill: SkillName.optional(),
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});
export type FindWorkers = z.input<typeof FindWorkers>;

/** A worker as operators see them. */
export interface WorkerLine {
  id: string;
  name: string;
  email: string | null;
  status: 'active' | 'paused';
  vetting: 'waiting' | 'approved' | 'rejected';
  /** Whether an operator has approved them, as opposed to no approval being needed. */
  vetted: boolean;
  vettingReason: string | null;
  tier: 'low' | 'medium' | 'high' | 'critical';
  /** Whether golds adjust the tier, per type. */
  tierAuto: boolean;
  online: boolean;
  simulated: boolean;
  poolName: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  reliability: number;
  answers: { accepted: number; rejected: number };
  skills: SkillStanding[];
  /** Their standing with each organization's types. */
  types: (TypeStanding & { organizationId: string; organization: string })[];
  /** Failed quiz attempts that still count, by skill. */
  failedTries: { skill: string; tries: number }[];
  /** Their introduction, and the skills they requested. */
  about: string;
  skillsWanted: string[];
  /** Their attempts at skill quizzes, newest first; at most ten. */
  quizzes: QuizLine[];
  /** Operators' notes, newest first; at most ten. */
  notes: { id: string; text: string; by: string; at: Date }[];
}

export interface QuizLine {
  skill: string;
  number: number;
  status: 'open' | 'passed' | 'failed';
  right: number;
  questions: number;
  startedAt: Date;
}
