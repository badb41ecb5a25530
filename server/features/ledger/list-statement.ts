import type { Actor, Mode, WorkerActor } from '@/server/platform/actor';
import { NotFound } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import { type Page, pageOf } from '@/server/platform/page';
import type { PostingKind } from './post-entries';
import { readStatement } from './read-statement';
import {
  type EarningsGroup,
  type EarningsLine,
  EarningsQuery,
  type StatementGroup,
  type StatementLine,
  StatementQuery,
} from './schema';
import { organizationWords, workerWords } from './statement-words';

const GROUPS: Record<StatementGroup, readonly PostingKind[]> = {
  paid_in: ['deposit', 'credit', 'credit_reversal'],
  held: ['hold', 'release'],
  charged: ['charge', 'back_pay'],
  adjusted: ['adjustment', 'adjustment_reversal'],
};

const EARNINGS_GROUPS: Record<EarningsGroup, readonly PostingKind[]> = {
  earned: ['charge', 're_vote', 'back_pay'],
  sent: ['payout_reserve', 'payout_settle', 'payout_return'],
  adjusted: ['adjustment', 'adjustment_reversal'],
};

/**
 * The postings that changed the organization's balances in the actor's mode, newest first. Their
 * sum is the balance.
 * @throws NotFound if the actor has no organization.
 */
export async function listStatement(
  actor: Actor,
  query: StatementQuery,
): Promise<Page<StatementLine>> {
  if (actor.kind !== 'member' && actor.kind !== 'key') throw new NotFound('balance');
  return statementOf(actor, query);
}

/** The statement of an organization in a mode; the caller must have checked permissions. */
export async function statementOf(
  { organizationId, mode }: { organizationId: string; mode: Mode },
  query: StatementQuery,
): Promise<Page<StatementLine>> {
  const { group, ...filter } = StatementQuery.parse(query);
  const rows = await readStatement(
    { owner: organizationId, mode, kinds: ['organization_available', 'organization_held'] },
    { ...filter, postings: group && GROUPS[group] },
  );
  return pageOf(rows, filter.limit, (row) => ({
    id: row.id,
    kind: row.kind,
    what: organizationWords(row),
    reference: row.reference,
    // A gold given to a worker is not the customer's task, so it has no page to link to.
    task_id: row.reference.startsWith('task:') ? row.taskId : null,
    task_type: row.taskType,
    reason: row.reason,
    available_sats: satsToNumber(row.amounts[0]),
    held_sats: satsToNumber(row.amounts[1]),
    available_after_sats: satsToNumber(row.balances[0]),
    held_after_sats: satsToNumber(row.balances[1]),
    created_at: row.createdAt.toISOString(),
  }));
}

/** The postings that changed a worker's balance, newest first. */
export async function listEarnings(
  { workerId, mode }: WorkerActor,
  query: EarningsQuery,
): Promise<Page<EarningsLine>> {
  const { group, ...filter } = EarningsQuery.parse(query);
  const rows = await readStatement(
    { owner: workerId, mode, kinds: ['worker_payable', 'worker_in_flight'] },
    { ...filter, postings: group && EARNINGS_GROUPS[group] },
  );
  return pageOf(rows, filter.limit, (row) => ({
    id: row.id,
    kind: row.kind,
    what: workerWords(row),
    taskType: row.taskType,
    reason: row.reason,
    payableSats: satsToNumber(row.amounts[0]),
    inFlightSats: satsToNumber(row.amounts[1]),
    payableAfterSats: satsToNumber(row.balances[0]),
    inFlightAfterSats: satsToNumber(row.balances[1]),
    createdAt: row.createdAt.toISOString(),
  }));
}
