import { z } from 'zod';

/** Contracts of appeals, in which a worker objects to a judgement. Browser-safe. */

export const AppealAnswer = z.strictObject({
  answerId: z.uuid(),
  reason: z.string().trim().min(10, 'Explain in a sentence why your answer was right.').max(2_000),
});
export type AppealAnswer = z.infer<typeof AppealAnswer>;

export const APPEALS_SHOWN = ['open', 'decided'] as const;

export const ListAppeals = z.strictObject({
  shown: z.enum(APPEALS_SHOWN).default('open'),
  /** The last ID of the previous page. */
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});
export type ListAppeals = z.input<typeof ListAppeals>;

/** An appeal as operators see it; its worker is anonymous. */
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

/**
 * The share of upheld appeals with its 95 % Wilson interval; those decided by timeout count
 * separately.
 */
export interface OverturnRate {
  /** The name of the organization, type or reviewer. */
  name: string;
  upheld: number;
  decided: number;
  low: number;
  high: number;
  /** Upheld because nobody decided in time; says nothing about who was right. */
  byTime: number;
}

export interface OverturnRates {
  total: OverturnRate;
  organizations: OverturnRate[];
  types: OverturnRate[];
  /** By the reviewer whose decision was appealed. */
  reviewers: OverturnRate[];
}

/** Outcomes of appeals about an organization's own tasks. */
export interface OwnOverturns {
  open: number;
  total: OverturnRate;
  types: OverturnRate[];
}
