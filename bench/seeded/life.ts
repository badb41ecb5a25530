import type { FeeTerms } from '@/server/platform/money';
import type { Verdict } from './content';

/** Rows of one table, by column. */
export type Row = Record<string, unknown>;
export interface Life {
  taskId: string;
  heldSats: bigint;
  /** Each worker's earnings, if the task was verified. */
  earned: { workerId: string; amountSats: bigint }[];
  feeSats: bigint;
  ended: boolean;
  rows: Record<string, Row[]>;
}

export interface Place {
  organizationId: string;
  mode: 'live' | 'test';
  workerIds: string[];
  fee: FeeTerms;
}

export type End = 'verified' | 'failed' | 'expired' | 'cancelled' | 'posted';

export interface Plan {
  end: End;
  maxVotes: number;
  payoutSats: bigint;
  heldSats: bigint;
  truth: Verdict;
  slaSeconds: number;
}
