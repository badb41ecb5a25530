import type { TroubledRails } from '@/server/features/payouts';
import type { TroubledReconciliation } from '@/server/features/reconciliation';
import type { Mode } from '@/server/platform/actor';
import type { EngineState, EngineWork } from '@/server/platform/engine-link';

/**
 * `urgent`: money or work stands, now. `soon`: it will, or part of it does. `waits`: a person is asked,
 * and nothing is lost by an hour.
 */
export const SEVERITIES = ['urgent', 'soon', 'waits'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that needs a person. */
export interface Attention {
  id: string;
  severity: Severity;
  /** Null where it concerns the whole instance. */
  mode: Mode | null;
  title: string;
  /** What to do about it. */
  advice: string;
  /** How many; null where that is no question. */
  count: number | null;
  /** There are more than `count`, which is where counting stopped. */
  isMore: boolean;
  /** How long the oldest of them has been so. */
  since: Date | null;
  /** Where it is dealt with, with the filter set. */
  href: string;
}

/** Some things that wait, of one mode. */
export interface Waiting {
  mode: Mode;
  count: number;
  oldest: Date | null;
  /** When time runs out for the first of them; null where none does. */
  due?: Date | null;
}

/** A sweep that has not ended well lately, or keeps failing. */
export interface TroubledSweep {
  id: string;
  /** Runs each minute, and so is what catches what was lost. */
  isFrequent: boolean;
  since: Date | null;
  error: string | null;
}

/** All that is known of what may need a person, as of `now`. */
export interface Facts {
  now: Date;
  engine: { state: EngineState; since: Date | null };
  engineWork: Pick<EngineWork, 'failed' | 'functions'> | null;
  outbox: { failing: number; oldestFailing: Date | null; due: number; oldestDueSeconds: number };
  sweeps: TroubledSweep[];
  /** What came of adding the ledger up again last; null before the first time. */
  ledger: { faults: number; checkedAt: Date } | null;
  applications: Waiting[];
  /** Whose task waits for them; appeals are told apart. */
  blockingReviews: Waiting[];
  reviews: Waiting[];
  /** Those a reviewer is asked about, or whose time runs out within a day. */
  appeals: Waiting[];
  failedPayouts: Waiting[];
  unknownPayouts: Waiting[];
  stuckPayouts: Waiting[];
  /** Workers in live mode whose rail cannot pay real sats. */
  withoutRail: { count: number; rails: string[] };
  /** Lightning rails in use that do not answer, or hold little. */
  rails: TroubledRails;
  /** Tests of rails and refunds whose outcome nobody knows. */
  directPayments: { count: number; oldest: Date | null };
  /** What rails say otherwise than it is recorded here. */
  reconciliation: TroubledReconciliation;
  disabledEndpoints: Waiting[];
  failingEndpoints: Waiting[];
  failedEmails: { count: number; oldest: Date | null };
  /** Callers that a rate limit refused often within this hour and the one before. */
  refusedCallers: { count: number; refusals: number };
}

/** Counting stops here: beyond it the number says nothing more. */
export const COUNT_MAX = 1_000;

/** An item as it is made; where it is of no mode, that is left out. */
export type Item = Omit<Attention, 'isMore' | 'mode'> & { mode?: Mode };
