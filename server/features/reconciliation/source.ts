import type { LightningRail } from '@/server/features/payouts';
import type { DifferenceKind } from './schema';

/** What a rail says otherwise than it is recorded here. */
export interface Difference {
  subject: string;
  kind: DifferenceKind;
  expected: string;
  found: string;
  sats: bigint | null;
  /** It was put right at once; why nobody needs to look. */
  settledBecause?: string;
}

/** A record that has ended, in the order of when and of its id. */
export interface Ended {
  id: string;
  at: Date;
}

/** Where to read on: after that record, up to an instant. */
export interface Window {
  after: Ended;
  until: Date;
  take: number;
}

/** Records of one kind that a rail is asked about again. */
export interface Source<Row extends Ended = Ended> {
  name: 'attempts' | 'direct_payments' | 'deposits' | 'expired_deposits';
  /** What differences of it are about: `<prefix>:<id>`. */
  prefix: 'attempt' | 'direct_payment' | 'deposit';
  /** How far before the end of the last whole run the next one begins. */
  overlapMs: number;
  read(rail: string, window: Window): Promise<Row[]>;
  /** Those of them that still are of this kind. */
  readByIds(rail: string, ids: readonly string[]): Promise<Row[]>;
  /**
   * Asks the rail about one. Null where it agrees.
   * @throws whatever the network throws: then it is not known.
   */
  compare(rail: LightningRail, row: Row): Promise<Difference | null>;
}

const HOUR_MS = 3_600_000;
/** What ended within the hour before the last run is looked at again. */
export const OVERLAP_MS = HOUR_MS;
/** Nothing is looked at that ended before. */
export const WINDOW_MS = 7 * 24 * HOUR_MS;
