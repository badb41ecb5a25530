import type { Price } from '@/server/features/tasks';
import type { Task } from '@/server/features/tasks/schema';
import type { V0Task } from './schema';

/**
 * A task as v0 shows it.
 * @param price what its v0 request offered; a task of v1 shows the most it can cost.
 */
export function renderV0Task(task: Task, price: Price | null): V0Task {
  const payoutResult = payoutResultOf(task);
  const { failure_reason: failure, callback_url: callbackUrl } = task;
  return {
    id: task.id,
    // v1 asks for no key.
    idempotencyKey: task.idempotency_key ?? '',
    status: task.status,
    taskType: task.type,
    riskTier: task.risk_tier,
    slaSeconds: task.sla_seconds,
    payload: task.payload,
    outputSchema: task.output_schema,
    payout: price ?? { currency: 'SATS', maxAmount: task.cost_sats.held },
    ...(callbackUrl === null ? {} : { callbackUrl }),
    ...(Object.keys(task.metadata).length > 0 ? { metadata: task.metadata } : {}),
    ...(task.output === null ? {} : { output: asObject(task.output) }),
    ...(payoutResult ? { payoutResult } : {}),
    ...(failure ? { failureReason: failure.message || failure.code } : {}),
    createdAt: task.created_at,
    updatedAt: task.updated_at,
    expiresAt: task.expires_at,
  };
}

/** v0's clients take an output for an object; another value stands in one, as `value`. */
function asObject(output: unknown): Record<string, unknown> {
  return typeof output === 'object' && output !== null && !Array.isArray(output)
    ? (output as Record<string, unknown>)
    : { value: output };
}

/** What was paid in all; undefined until every payout has reached its worker. */
function payoutResultOf({ payouts }: Task): V0Task['payoutResult'] {
  const [first] = payouts;
  const paidAt = payouts.flatMap((payout) =>
    payout.status === 'paid' && payout.paid_at !== null ? [payout.paid_at] : [],
  );
  const last = paidAt.toSorted().at(-1);
  if (!first || !last || paidAt.length < payouts.length) return undefined;
  return {
    id: first.id,
    amount: payouts.reduce((sum, payout) => sum + payout.amount_sats, 0),
    currency: 'SATS',
    rail: railOf(first.rail),
    paidAt: last,
  };
}

/** v0 knows three rails; all that is neither of the other two pays, or plays to pay, over Lightning. */
function railOf(rail: string): 'lightning' | 'strike' | 'internal' {
  return rail === 'strike' || rail === 'internal' ? rail : 'lightning';
}
