import type { RiskTier } from '@/prisma/generated/client';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { signReceipt } from '@/server/platform/receipt-signature';
import { type GoldPolicy, goldPosterior } from './gold-posterior';
import { policyFor } from './policy';
import type { Credential, SkillStanding, Standing } from './schema';
import { poolGold, poolOf, recordsOf, standingInSkills } from './skill-standing';
import type { GoldTally } from './stage';

const TIERS: RiskTier[] = ['low', 'medium', 'high', 'critical'];
/** A forecast of more right answers than this says nothing anybody would plan by. */
const FORECAST_MAX = 500;

/**
 * How a worker stands: accuracy in each skill with the interval that holds 90 % of its posterior,
 * what became of the answers, and what the next tier asks for.
 * @throws NotFound
 */
export async function getStanding(actor: WorkerActor): Promise<Standing> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    include: { skills: { orderBy: { skill: 'asc' } } },
  });
  if (!worker) throw new NotFound('worker');
  const [records, pool] = await Promise.all([recordsOf([worker.id]), poolGold(actor.mode)]);
  const skills = standingInSkills(worker, records, pool);
  const accepted = records.reduce((sum, each) => sum + each.accepted, 0);
  const rejected = records.reduce((sum, each) => sum + each.rejected, 0);
  return {
    tier: worker.tier,
    reliability: worker.reliability,
    answers: { accepted, rejected },
    skills,
    next: nextTier(worker.tier, skills, pool),
  };
}

/** What the tier above asks of the skill that is nearest to it; null at the top. */
function nextTier(
  tier: RiskTier,
  skills: readonly SkillStanding[],
  pool: Map<string, GoldTally>,
): Standing['next'] {
  const next = TIERS[TIERS.indexOf(tier) + 1];
  if (!next) return null;
  const policy = policyFor(next).gold;
  const best = [...skills].sort((a, b) => b.lower - a.lower)[0];
  return {
    tier: next,
    floor: policy.floor,
    nearest: best
      ? {
          skill: best.skill,
          lower: best.lower,
          rightAnswersNeeded: rightAnswersNeeded(best, poolOf(pool, best.skill), policy),
        }
      : null,
  };
}

/** How many checked answers in a row, all right, lift the interval's lower end to the floor. */
function rightAnswersNeeded(
  own: GoldTally,
  pool: GoldTally,
  policy: GoldPolicy & { floor: number },
): number | null {
  for (let more = 0; more <= FORECAST_MAX; more++) {
    const tally = { correct: own.correct + more, total: own.total + more };
    if (goldPosterior(tally, pool, policy).lower >= policy.floor) return more;
  }
  return null;
}

/**
 * The standing as a document that the worker can show elsewhere, signed by this instance.
 * @throws NotFound
 */
export async function getCredential(actor: WorkerActor): Promise<Credential> {
  const [standing, worker] = await Promise.all([
    getStanding(actor),
    db.worker.findUniqueOrThrow({ where: { id: actor.workerId } }),
  ]);
  const round = (value: number) => Math.round(value * 10_000) / 10_000;
  const facts = {
    object: 'worker_credential' as const,
    worker_id: worker.id,
    name: worker.displayName,
    mode: worker.mode,
    issued_at: clock.now().toISOString(),
    member_since: worker.createdAt.toISOString(),
    tier: standing.tier,
    answers: standing.answers,
    skills: standing.skills.map((each) => ({
      skill: each.skill,
      checked: each.total,
      correct: each.correct,
      accuracy: round(each.accuracy),
      lower: round(each.lower),
      upper: round(each.upper),
    })),
  };
  return { ...facts, signature: await signReceipt(canonicalJson(facts)) };
}
