import { assertCreatesTasks, prepareTask } from '@/server/features/tasks';
import type { CreateTask, Quote } from '@/server/features/tasks/schema';
import { countEligibleWorkers } from '@/server/features/workers';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { findSchemaWarnings } from '@/server/platform/json-schema';
import { satsToNumber } from '@/server/platform/money';
import { quoteTiers } from './quote-tiers';
import { floorWarning, quoteWage } from './quote-wage';

/**
 * Estimates a create's cost, duration and confidence in its own and every other tier, without
 * creating anything. Durations come from recently verified tasks of the type in this mode; null if
 * there are none. If the instance's wage floor would reject the payout, a warning states the
 * minimum.
 * @throws everything else a create throws.
 */
export async function quoteTask(actor: Actor, input: CreateTask): Promise<Quote> {
  const customer = assertCreatesTasks(actor);
  const draft = await prepareTask(customer, input);
  const workers = await countEligibleWorkers({
    mode: draft.mode,
    type: draft.type,
    skills: draft.skillsRequired,
    riskTier: draft.riskTier,
    organizationId: draft.organizationId,
    poolOrganizationId: draft.poolOrganizationId,
  });
  const [times] = await db.$queryRaw<{ p50: number | null; p90: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS p50,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS p90
      FROM (SELECT extract(epoch FROM completed_at - created_at)::float AS seconds
              FROM tasks
             WHERE organization_id = ${draft.organizationId}::uuid AND mode = ${draft.mode}::mode
               AND type = ${draft.type} AND status = 'verified' AND reserved_for IS NULL
             ORDER BY id DESC LIMIT 200) AS recent`;
  const payouts = draft.payoutSats * BigInt(draft.maxVotes);
  const warnings = await findSchemaWarnings(draft.outputSchema);
  if (workers.total === 0) warnings.push('No worker could take this task.');
  else if (workers.online === 0) warnings.push('No worker who could take this task is online now.');
  const ofFloor = floorWarning(draft, input.payout_sats);
  if (ofFloor) warnings.push(ofFloor);
  return {
    object: 'quote',
    cost_sats: {
      held: satsToNumber(draft.heldSats),
      payout_max: satsToNumber(payouts),
      fee_max: satsToNumber(draft.heldSats - payouts),
    },
    eligible_workers: workers.total,
    online_workers: workers.online,
    expected_seconds: { p50: times?.p50 ?? null, p90: times?.p90 ?? null },
    wage: await quoteWage(draft),
    risk_tier: draft.riskTier,
    tiers: await quoteTiers(draft, input),
    warnings,
  };
}
