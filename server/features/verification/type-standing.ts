import type { SkillPause } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import type { Mode } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { goldPosterior } from './gold-posterior';
import { type GoldRecord, NO_GOLDS, talliedByAge, talliedSince } from './gold-tally';
import { type PolicyOverrides, type PolicyTier, policyFor } from './policy';
import type { TypePause, TypeStanding } from './schema';
import type { GoldTally } from './stage';
import { needsOf, type TierFacts, tierAbove } from './tier-rule';

/** A longer forecast of right answers would not be useful. */
const FORECAST_MAX = 500;

interface Row extends GoldRecord {
  workerId: string;
  organizationId: string;
  type: string;
  tier: PolicyTier | null;
  reliability: number;
  poolCorrect: number;
  poolTotal: number;
}

interface RatedWorker {
  id: string;
  tier: PolicyTier;
  tierAuto: boolean;
}

/** One organization's evidence, or all (null), and golds to exclude, by organization and type. */
export interface StandingScope {
  mode: Mode;
  organizationId: string | null;
  leftOut?: ReadonlyMap<string, GoldTally>;
}

export const placeOf = (at: { organizationId: string; type: string }) =>
  `${at.organizationId} ${at.type}`;

export type PlacedStanding = TypeStanding & { organizationId: string };

/** Workers' standing with each type of each organization in scope, by worker id. */
export async function typeStandingsOf(
  workers: readonly RatedWorker[],
  scope: StandingScope,
): Promise<Map<string, PlacedStanding[]>> {
  const ids = workers.map(({ id }) => id);
  const [rows, pauses] = await Promise.all([findRecords(ids, scope), findPauses(ids, scope)]);
  const standings = new Map<string, PlacedStanding[]>();
  for (const worker of workers) {
    const known = rows.filter(({ workerId }) => workerId === worker.id);
    const closed = pauses.filter(({ workerId }) => workerId === worker.id);
    // A manual pause needs no record.
    const bare = closed
      .filter((pause) => known.every((row) => placeOf(row) !== placeOf(pause)))
      .map((pause) => bareRow(pause));
    const standing = [...known, ...bare].map((row) => {
      const pause = closed.find((each) => placeOf(each) === placeOf(row)) ?? null;
      return standingIn(worker, row, pause, scope);
    });
    standings.set(worker.id, await Promise.all(standing));
  }
  return standings;
}

async function findRecords(
  ids: readonly string[],
  { mode, organizationId }: StandingScope,
): Promise<Row[]> {
  const inScope =
    organizationId === null
      ? Prisma.empty
      : Prisma.sql`AND r.organization_id = ${organizationId}::uuid`;
  return db.$queryRaw<Row[]>`
    SELECT r.worker_id AS "workerId", r.organization_id AS "organizationId", r.type, r.tier,
           r.reliability,
           r.gold_correct AS "goldCorrect", r.gold_total AS "goldTotal",
           r.past_correct AS "pastCorrect", r.past_total AS "pastTotal",
           r.gold_score AS "goldScore", r.past_score AS "pastScore",
           pool.correct AS "poolCorrect", pool.total AS "poolTotal"
      FROM worker_type_records r
      CROSS JOIN LATERAL (
        SELECT sum(p.gold_correct)::int AS correct, sum(p.gold_total)::int AS total
          FROM worker_type_records p JOIN workers w ON w.id = p.worker_id
         WHERE p.organization_id = r.organization_id AND p.type = r.type
           AND w.mode = ${mode}::mode) pool
     WHERE r.worker_id = ANY(${[...ids]}::uuid[]) ${inScope}
     ORDER BY r.type, r.organization_id`;
}

function findPauses(ids: readonly string[], { organizationId }: StandingScope) {
  return db.skillPause.findMany({
    where: {
      workerId: { in: [...ids] },
      liftedAt: null,
      ...(organizationId === null ? {} : { organizationId }),
    },
  });
}

function bareRow({ workerId, organizationId, type }: SkillPause): Row {
  return {
    ...{ workerId, organizationId, type, tier: null, reliability: 1, ...NO_GOLDS },
    ...{ poolCorrect: 0, poolTotal: 0 },
  };
}

async function standingIn(
  worker: RatedWorker,
  row: Row,
  pause: SkillPause | null,
  { mode, leftOut }: StandingScope,
): Promise<PlacedStanding> {
  const { organizationId, type } = row;
  const saved = await resolveTaskType({ organizationId, mode, type });
  const overrides = (saved?.policy ?? {}) as PolicyOverrides;
  const tier = worker.tierAuto ? (row.tier ?? worker.tier) : worker.tier;
  const late = leftOut?.get(placeOf(row)) ?? { correct: 0, total: 0 };
  const record = without(row, late);
  // Includes the pool's, which changes with the worker's own golds.
  const pool = {
    correct: Math.max(0, row.poolCorrect - late.correct),
    total: Math.max(0, row.poolTotal - late.total),
  };
  const { gold } = policyFor(tier, overrides);
  const { mean, lower, upper } = goldPosterior(talliedByAge(record, gold.pastWeight), pool, gold);
  const { reliability } = row;
  const facts = { tier, record, pool, reliability, paused: pause !== null, overrides };
  return {
    organizationId,
    type,
    title: saved?.title ?? type,
    tier,
    tierAuto: worker.tierAuto,
    total: record.goldTotal,
    correct: record.goldCorrect,
    accuracy: mean,
    lower,
    upper,
    next: worker.tierAuto ? nextOf(facts) : null,
    pause: pause && shownPause(pause),
  };
}

function without(record: GoldRecord, { correct, total }: GoldTally) {
  return {
    ...record,
    goldCorrect: Math.max(0, record.goldCorrect - correct),
    goldTotal: Math.max(0, record.goldTotal - total),
  };
}

export function shownPause(pause: SkillPause): TypePause {
  const { id, reason, setBy, returnsBy, pausedAt, returnsAt } = pause;
  return { id, reason, byGolds: setBy === 'system', returnsBy, pausedAt, returnsAt };
}

function nextOf(facts: TierFacts): TypeStanding['next'] {
  const above = tierAbove(facts.tier);
  if (!above) return null;
  const { floor, golds, goldsNeeded, reliability, reliabilityNeeded } = needsOf(above, facts);
  return {
    tier: above,
    floor,
    golds,
    goldsNeeded,
    reliability,
    reliabilityNeeded,
    rightAnswersNeeded: rightAnswersNeeded(above, facts),
  };
}

/**
 * The number of consecutive right golds that raises the interval's lower end to the minimum and
 * reaches the required count.
 */
function rightAnswersNeeded(above: PolicyTier, facts: TierFacts): number | null {
  const { gold } = policyFor(above, facts.overrides);
  const tally = talliedByAge(facts.record, gold.pastWeight);
  const first = Math.max(0, gold.tierMinGolds - talliedSince(facts.record).total);
  for (let more = first; more <= FORECAST_MAX; more++) {
    const then = { correct: tally.correct + more, total: tally.total + more };
    if (goldPosterior(then, facts.pool, gold).lower >= gold.floor) return more;
  }
  return null;
}
