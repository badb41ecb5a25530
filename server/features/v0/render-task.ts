import type { Price } from '@/server/features/tasks';
import type { Task } from '@/server/features/tasks/schema';
import type { V0Task } from './schema';

/**
 * Renders a task for v0.
 * @param price the price of its v0 request; a v1 task shows its maximum cost.
 */
export function renderV0Task(task: Task, price: Price | null): V0Task {
  const payoutResult = payoutResultOf(task);
  const { failure_reason: failure, callback_url: callbackUrl } = task;
  return {
    id: task.id,
    // The key is optional in v1.
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

/** v0's clients expect an object; any other output is wrapped as `value`. */
function asObject(output: unknown): Record<string, unknown> {
  return typeof output === 'object' && output !== null && !Array.isArray(output)
    ? (output as Record<string, unknown>)
    : { value: output };
}

/** The total paid; undefined until every payout has reached its worker. */
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

/** v0 knows three rails; everything else maps to Lightning. */
function railOf(rail: string): 'lightning' | 'strike' | 'internal' {
  return rail === 'strike' || rail === 'internal' ? rail : 'lightning';
}
