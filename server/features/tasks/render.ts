import type { z } from 'zod';
import type { Payout, Task as TaskRow } from '@/prisma/generated/client';
import { satsToNumber } from '@/server/platform/money';
import type { StageReport, Task, TaskSnapshot } from './schema';

/** The part of a payout shown in a task's events. */
export type PayoutFacts = Pick<Payout, 'id' | 'amountSats' | 'rail' | 'status' | 'paidAt'>;

/** The columns of a snapshot, without the large ones. */
export type ChangingRow = Pick<
  TaskRow,
  | 'status'
  | 'output'
  | 'confidence'
  | 'confidenceBasis'
  | 'votesAccepted'
  | 'dissent'
  | 'correction'
  | 'verification'
  | 'heldSats'
  | 'chargedSats'
  | 'feeSats'
  | 'failureCode'
  | 'failureMessage'
  | 'assignedAt'
  | 'submittedAt'
  | 'completedAt'
  | 'updatedAt'
>;

/** The data for an event: the task after it. */
export type EventfulRow = ChangingRow &
  Pick<TaskRow, 'id' | 'organizationId' | 'mode' | 'sequence' | 'reservedFor'>;

export type FixedRow = Pick<
  TaskRow,
  | 'id'
  | 'mode'
  | 'type'
  | 'payload'
  | 'outputSchema'
  | 'payoutSats'
  | 'slaSeconds'
  | 'skillsRequired'
  | 'riskTier'
  | 'minVotes'
  | 'maxVotes'
  | 'targetConfidence'
  | 'voteValue'
  | 'instructions'
  | 'metadata'
  | 'callbackUrl'
  | 'idempotencyKey'
  | 'createdAt'
  | 'expiresAt'
>;

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A task's mutable fields in API format. */
export function snapshotOf(row: ChangingRow, payouts: readonly PayoutFacts[]): TaskSnapshot {
  return {
    status: row.status,
    output: row.output ?? null,
    confidence: row.confidence,
    confidence_basis: row.confidenceBasis,
    votes_used: row.votesAccepted,
    dissent: (row.dissent as unknown[] | null) ?? [],
    correction: (row.correction as TaskSnapshot['correction'] | undefined) ?? null,
    verification: (row.verification as z.infer<typeof StageReport>[] | null) ?? [],
    payouts: payouts.map((payout) => ({
      id: payout.id,
      amount_sats: satsToNumber(payout.amountSats),
      rail: payout.rail,
      status: payout.status,
      paid_at: iso(payout.paidAt),
    })),
    cost_sats: {
      held: satsToNumber(row.heldSats),
      charged: satsToNumber(row.chargedSats),
      fee: satsToNumber(row.feeSats),
    },
    failure_reason: row.failureCode
      ? { code: row.failureCode, message: row.failureMessage ?? '' }
      : null,
    assigned_at: iso(row.assignedAt),
    submitted_at: iso(row.submittedAt),
    completed_at: iso(row.completedAt),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** A task in API format: its fixed fields and a snapshot of the mutable ones. */
export function renderTask(row: FixedRow, snapshot: TaskSnapshot): Task {
  const { status, ...changing } = snapshot;
  return {
    id: row.id,
    object: 'task',
    mode: row.mode,
    status,
    type: row.type,
    payload: row.payload as Record<string, unknown>,
    output_schema: row.outputSchema as Record<string, unknown>,
    payout_sats: satsToNumber(row.payoutSats),
    sla_seconds: row.slaSeconds,
    skills_required: row.skillsRequired,
    risk_tier: row.riskTier,
    redundancy: {
      min_votes: row.minVotes,
      max_votes: row.maxVotes,
      target_confidence: row.targetConfidence,
      vote_value: row.voteValue,
    },
    instructions: row.instructions,
    metadata: row.metadata as Record<string, unknown>,
    callback_url: row.callbackUrl,
    idempotency_key: row.idempotencyKey,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    ...changing,
    // Missing in older events.
    confidence_basis: changing.confidence_basis ?? null,
    correction: changing.correction ?? null,
  };
}
