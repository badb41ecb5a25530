import type { LightningRail } from '@/server/features/payouts';
import type { DifferenceKind } from './schema';

/** A difference between a rail's record and ours. */
export interface Difference {
  subject: string;
  kind: DifferenceKind;
  expected: string;
  found: string;
  sats: bigint | null;
  /** Why it was corrected at once and needs no attention. */
  settledBecause?: string;
}

/** An ended record, ordered by end time and ID. */
export interface Ended {
  id: string;
  at: Date;
}

/** The range to read: after a record, up to a time. */
export interface Window {
  after: Ended;
  until: Date;
  take: number;
}

/** Records of one kind that are compared with a rail. */
export interface Source<Row extends Ended = Ended> {
  name: 'attempts' | 'direct_payments' | 'deposits' | 'expired_deposits';
  /** Subjects of its differences are `<prefix>:<id>`. */
  prefix: 'attempt' | 'direct_payment' | 'deposit';
  /** How far before the end of the last complete run the next one starts. */
  overlapMs: number;
  read(rail: string, window: Window): Promise<Row[]>;
  /** Those among them that are still of this kind. */
  readByIds(rail: string, ids: readonly string[]): Promise<Row[]>;
  /**
   * Compares one record with the rail. Null if they agree.
   * @throws network errors, which leave it unknown.
   */
  compare(rail: LightningRail, row: Row): Promise<Difference | null>;
}

const HOUR_MS = 3_600_000;
/** The last hour before the previous run is checked again. */
export const OVERLAP_MS = HOUR_MS;
/** Older records are not checked. */
export const WINDOW_MS = 7 * 24 * HOUR_MS;
