import { z } from 'zod';

/** The contract of appeals: a worker objects to what was made of an answer. Browser-safe. */

export const AppealAnswer = z.strictObject({
  answerId: z.uuid(),
  reason: z.string().trim().min(10, 'Say in a sentence what was right about it.').max(2_000),
});
export type AppealAnswer = z.infer<typeof AppealAnswer>;

export const APPEALS_SHOWN = ['open', 'decided'] as const;

export const ListAppeals = z.strictObject({
  shown: z.enum(APPEALS_SHOWN).default('open'),
  /** The last one's id of the page before. */
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});
export type ListAppeals = z.input<typeof ListAppeals>;

/** An appeal as operators see it; its worker stays unnamed. */
export interface AppealItem {
  id: string;
  taskId: string;
  organization: string;
  type: string;
  reason: string;
  ground: 'rejected' | 'out_voted' | 'gold';
  status: 'open' | 'upheld' | 'dismissed';
  /** Null until somebody is asked. */
  route: 're_votes' | 'reviewer' | null;
  decidedBy: 're_votes' | 'reviewer' | 'time' | null;
  explanation: string | null;
  createdAt: Date;
  dueAt: Date;
  decidedAt: Date | null;
}

/** How many decided appeals were won, with Wilson's 95 % interval; those decided by time count apart. */
export interface OverturnRate {
  /** What it is the rate of: an organization, a type, a reviewer. */
  name: string;
  upheld: number;
  decided: number;
  low: number;
  high: number;
  /** Won because nobody decided in time. They say nothing of who was right. */
  byTime: number;
}

export interface OverturnRates {
  total: OverturnRate;
  organizations: OverturnRate[];
  types: OverturnRate[];
  /** By whose decision the appeal was against. */
  reviewers: OverturnRate[];
}

/** What an organization's own appeals came to. */
export interface OwnOverturns {
  open: number;
  total: OverturnRate;
  types: OverturnRate[];
}
