import { z } from 'zod';
import type { PayoutSettings } from '@/server/features/payouts/schema';
import type { SkillStanding, TypeStanding } from '@/server/features/verification/schema';
import { SkillName } from '@/server/features/workers/schema';
import { ABOUT_CHARS_MAX, WORKER_STATES } from './policy';

/** The way in, as its pages and procedures speak of it. Browser-safe. */

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

/** What a worker says of themselves; empty takes it back. */
export const SaveAbout = z.strictObject({
  about: z.string().trim().max(ABOUT_CHARS_MAX, 'At most 1,000 characters.'),
});
export type SaveAbout = z.infer<typeof SaveAbout>;

/** What an operator notes of a worker, for other operators alone. */
export const AddNote = z.strictObject({
  workerId: z.uuid(),
  text: z.string().trim().min(1, 'Write a note.').max(2_000, 'At most 2,000 characters.'),
});
export type AddNote = z.infer<typeof AddNote>;

type Json = Record<string, unknown>;

/** How a worker stands with the quiz of a skill. */
export type QuizState =
  /** No quiz: the worker's own word is taken. */
  | 'free'
  | 'ready'
  /** A try is under way. */
  | 'open'
  /** A try failed, and the next one is allowed from `retryAt`. */
  | 'cooling'
  /** No tries are left. */
  | 'closed'
  | 'held'
  /** Held, and no task that needs it comes until an operator says so. */
  | 'paused';

export interface SkillStep {
  name: string;
  description: string;
  wanted: boolean;
  state: QuizState;
  /** Of one try; 0 without a quiz. */
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
  /** The shipped types that can be tried out, the ones that fit the chosen skills first. */
  practice: { types: { type: string; title: string }[]; done: boolean };
  finished: boolean;
}

/** What every question of a quiz, and the practice task, is answered with. */
export interface AskedType {
  type: string;
  title: string;
  instructions: string;
  formSchema: Json;
}

/** A question of the past, as far as it may be told without giving the golds away. */
export interface QuizFeedback {
  position: number;
  correct: boolean;
  /** Only of wrong ones: what was asked, what was answered, and what speaks for another answer. */
  wrong: { payload: Json; output: unknown; explanation: string } | null;
}

export interface QuizView {
  id: string;
  skill: string;
  /** The pause that it ends; null where it is for the skill itself. */
  pauseId: string | null;
  number: number;
  status: 'open' | 'passed' | 'failed';
  expiresAt: Date;
  total: number;
  answered: number;
  /** Right answers it takes. */
  needed: number;
  asked: AskedType;
  /** The one to answer now; null once it is over. */
  question: { id: string; position: number; payload: Json } | null;
  result: {
    correct: number;
    timedOut: boolean;
    questions: QuizFeedback[];
    triesLeft: number;
    retryAt: Date | null;
  } | null;
}

/** The quiz by which a worker returns to a type that is paused. */
export interface ReturnQuizView {
  type: string;
  /** Why the type is paused. */
  reason: string;
  /** Whether it may be tried; `held` once the pause is over. */
  step: SkillStep;
  /** The newest try; null where none was made yet. */
  last: QuizView | null;
}

export interface PracticeView {
  asked: AskedType;
  payload: Json;
}

/** What became of the practice answer; the known one is nobody's secret. */
export interface PracticeResult {
  correct: boolean;
  expected: Json;
  explanation: string;
}

/** Which workers an operator looks for. */
export const FindWorkers = z.strictObject({
  state: z.enum(WORKER_STATES).optional(),
  /** A part of the name or of the address, or the whole id. */
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
  /** Whether an operator has looked at them, rather than nobody having to. */
  vetted: boolean;
  vettingReason: string | null;
  tier: 'low' | 'medium' | 'high' | 'critical';
  /** Golds move the tier, type by type. */
  tierAuto: boolean;
  online: boolean;
  simulated: boolean;
  poolName: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  reliability: number;
  answers: { accepted: number; rejected: number };
  skills: SkillStanding[];
  /** How they stand with each organization's type. */
  types: (TypeStanding & { organizationId: string; organization: string })[];
  /** Failed tries at quizzes that still count, by skill. */
  failedTries: { skill: string; tries: number }[];
  /** What they say of themselves, and the skills they ask for. */
  about: string;
  skillsWanted: string[];
  /** Their tries at quizzes for skills, newest first; at most ten. */
  quizzes: QuizLine[];
  /** What operators noted, newest first; at most ten. */
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
