import { resolveTaskType } from '@/server/features/task-types';
import type { RiskTier } from '@/server/features/task-types/schema';
import { chooseRedundancy, holdFor, type prepareTask } from '@/server/features/tasks';
import type { CreateTask, QuoteTier } from '@/server/features/tasks/schema';
import { expectOutcomes } from '@/server/features/verification';
import { db } from '@/server/platform/db';
import { feeTerms } from '@/server/platform/fee-terms';
import { satsToNumber } from '@/server/platform/money';

type TaskDraft = Awaited<ReturnType<typeof prepareTask>>;

const TIERS: readonly RiskTier[] = ['low', 'medium', 'high', 'critical'];
/** Minimum number of verified tasks of a tier, or golds of a type, to base an estimate on. */
const BASIS_MIN = 20;
/** How many of the type's latest tasks are searched for a tier's history. */
const HISTORY = 1_000;

/** The task's cost and expected outcome in each tier. */
export async function quoteTiers(draft: TaskDraft, input: CreateTask): Promise<QuoteTier[]> {
  const plans = await plansOf(draft, input);
  const [history, expected] = await Promise.all([
    findHistory(draft),
    expectOutcomes(
      { ...draft, outputSchema: draft.outputSchema },
      plans.map(({ tier, votes }) => ({
        tier,
        redundancy: {
          minVotes: votes.min,
          maxVotes: votes.max,
          targetConfidence: votes.targetConfidence,
          voteValue: votes.voteValue,
          onLowConfidence: draft.onLowConfidence ?? 'verify',
        },
      })),
    ),
  ]);
  return plans.map(({ tier, votes }, i) => {
    const past = history.find(
      (row) => row.tier === tier && row.minVotes === votes.min && row.maxVotes === votes.max,
    );
    const isKnown = past !== undefined && past.tasks >= BASIS_MIN;
    const outcome = isKnown ? past : (expected.outcomes[i] ?? null);
    const assumed = expected.labelled >= BASIS_MIN ? 'evidence' : 'prior';
    return {
      risk_tier: tier,
      min_votes: votes.min,
      max_votes: votes.max,
      target_confidence: votes.targetConfidence,
      held_sats: satsToNumber(holdFor(votes.max, draft.payoutSats)),
      expected_votes: outcome && Number(outcome.votes.toFixed(2)),
      expected_cost_sats: outcome && costOf(outcome.votes, draft.payoutSats),
      expected_confidence: outcome && Number(outcome.confidence.toFixed(4)),
      basis: isKnown ? 'history' : outcome ? assumed : 'unknown',
    };
  });
}

/** The requested tier uses the draft's votes; the others use what a create would set. */
async function plansOf(draft: TaskDraft, input: CreateTask) {
  const saved = await resolveTaskType(draft);
  const given = { ...saved?.redundancy, ...input.redundancy };
  const asked = { ownPeople: draft.poolOrganizationId !== null, priced: draft.price !== null };
  return TIERS.map((tier) => ({ tier, votes: chooseRedundancy(tier, given, asked) }));
}

/**
 * The cost of this many votes including the fee; `votes` is an expected value, so not an integer.
 */
function costOf(votes: number, payoutSats: bigint): number {
  const { bps, minimumSats } = feeTerms();
  const paid = votes * satsToNumber(payoutSats);
  return Math.round(paid + Math.max((paid * bps) / 10_000, minimumSats));
}

interface PastTier {
  tier: RiskTier;
  minVotes: number;
  maxVotes: number;
  tasks: number;
  votes: number;
  confidence: number;
}

/** Outcomes of the type's latest verified tasks, by tier and number of votes. */
async function findHistory(draft: TaskDraft): Promise<PastTier[]> {
  return db.$queryRaw<PastTier[]>`
    SELECT risk_tier::text AS tier, min_votes AS "minVotes", max_votes AS "maxVotes",
           count(*)::int AS tasks, avg(votes_accepted)::float8 AS votes, avg(confidence) AS confidence
      FROM (SELECT risk_tier, min_votes, max_votes, votes_accepted, confidence
              FROM tasks
             WHERE organization_id = ${draft.organizationId}::uuid AND mode = ${draft.mode}::mode
               AND type = ${draft.type} AND status = 'verified' AND reserved_for IS NULL
               AND confidence IS NOT NULL
               AND pool_organization_id IS NOT DISTINCT FROM ${draft.poolOrganizationId}::uuid
             ORDER BY id DESC LIMIT ${HISTORY}) AS recent
     GROUP BY 1, 2, 3`;
}
