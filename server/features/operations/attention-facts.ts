import type { TroubledRails } from '@/server/features/payouts';
import type { TroubledReconciliation } from '@/server/features/reconciliation';
import type { Mode } from '@/server/platform/actor';
import type { EngineState, EngineWork } from '@/server/platform/engine-link';

/**
 * `urgent`: money or work is blocked now. `soon`: it will be, or partly is. `waits`: a person has
 * to act, but an hour's delay costs nothing.
 */
export const SEVERITIES = ['urgent', 'soon', 'waits'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that needs a person's attention. */
export interface Attention {
  id: string;
  severity: Severity;
  /** Null if it concerns the whole instance. */
  mode: Mode | null;
  title: string;
  /** What to do. */
  advice: string;
  /** How many; null if not countable. */
  count: number | null;
  /** Whether there are more than `count`, because counting stopped there. */
  isMore: boolean;
  /** Since when the oldest of them has been in this state. */
  since: Date | null;
  /** The page that handles it, with the filter set. */
  href: string;
}

/** Items that wait, in one mode. */
export interface Waiting {
  mode: Mode;
  count: number;
  oldest: Date | null;
  /** The earliest deadline among them; null if there is none. */
  due?: Date | null;
}

/** A sweep without a recent success, or that keeps failing. */
export interface TroubledSweep {
  id: string;
  /** Whether it runs every minute, and so recovers lost work. */
  isFrequent: boolean;
  since: Date | null;
  error: string | null;
}

/** Everything known at `now` that may need attention. */
export interface Facts {
  now: Date;
  engine: { state: EngineState; since: Date | null };
  engineWork: Pick<EngineWork, 'failed' | 'functions'> | null;
  outbox: { failing: number; oldestFailing: Date | null; due: number; oldestDueSeconds: number };
  sweeps: TroubledSweep[];
  /** The last ledger check's result; null before the first. */
  ledger: { faults: number; checkedAt: Date } | null;
  applications: Waiting[];
  /** Reviews that block their task; appeals are listed separately. */
  blockingReviews: Waiting[];
  reviews: Waiting[];
  /** Appeals assigned to a reviewer, or due within a day. */
  appeals: Waiting[];
  failedPayouts: Waiting[];
  unknownPayouts: Waiting[];
  stuckPayouts: Waiting[];
  /** Live-mode workers whose rail cannot pay real sats. */
  withoutRail: { count: number; rails: string[] };
  /** Lightning rails in use that do not respond, or have a low balance. */
  rails: TroubledRails;
  /** Rail tests and refunds with an unknown outcome. */
  directPayments: { count: number; oldest: Date | null };
  /** Differences between rails and our records. */
  reconciliation: TroubledReconciliation;
  disabledEndpoints: Waiting[];
  failingEndpoints: Waiting[];
  failedEmails: { count: number; oldest: Date | null };
  /** Callers that a rate limit rejected often in the current and the previous hour. */
  refusedCallers: { count: number; refusals: number };
}

/** Counting stops here; larger numbers add no information. */
export const COUNT_MAX = 1_000;

/** An item under construction; `mode` is omitted if it does not apply. */
export type Item = Omit<Attention, 'isMore' | 'mode'> & { mode?: Mode };
