import type { Mode } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { goldPosterior } from './gold-posterior';
import { policyFor } from './policy';
import type { SkillStanding } from './schema';
import type { GoldTally } from './stage';

/**
 * The scope of a standing: one organization's evidence, as its people page shows it, or all (null)
 * for the worker's own page and for operators. Judgement never uses the latter.
 */
export type EvidenceScope = string | null;

function inScope(scope: EvidenceScope): Prisma.Sql {
  return scope === null ? Prisma.empty : Prisma.sql`AND r.organization_id = ${scope}::uuid`;
}

/** The gold tallies of all of a mode's workers, by type. */
export async function poolGold(
  mode: Mode,
  scope: EvidenceScope = null,
): Promise<Map<string, GoldTally>> {
  const rows = await db.$queryRaw<(GoldTally & { type: string })[]>`
    SELECT r.type, sum(r.gold_correct)::int AS correct, sum(r.gold_total)::int AS total
      FROM worker_type_records r JOIN workers w ON w.id = r.worker_id
     WHERE w.mode = ${mode}::mode ${inScope(scope)}
     GROUP BY r.type`;
  return new Map(rows.map(({ type, correct, total }) => [type, { correct, total }]));
}

export function poolOf(pool: Map<string, GoldTally>, skill: string): GoldTally {
  return pool.get(skill) ?? { correct: 0, total: 0 };
}

/** A worker's totals over the organizations in scope, by type. */
export interface TypeRecord {
  workerId: string;
  type: string;
  goldCorrect: number;
  goldTotal: number;
  accepted: number;
  rejected: number;
}

/** Workers' records, summed over the organizations in scope. */
export async function recordsOf(
  workerIds: readonly string[],
  scope: EvidenceScope = null,
): Promise<TypeRecord[]> {
  return db.$queryRaw<TypeRecord[]>`
    SELECT r.worker_id AS "workerId", r.type, sum(r.gold_correct)::int AS "goldCorrect",
           sum(r.gold_total)::int AS "goldTotal", sum(r.accepted)::int AS accepted,
           sum(r.rejected)::int AS rejected
      FROM worker_type_records r
     WHERE r.worker_id = ANY(${[...workerIds]}::uuid[]) ${inScope(scope)}
     GROUP BY r.worker_id, r.type`;
}

interface JudgedWorker {
  tier: Parameters<typeof policyFor>[0];
  skills: readonly { skill: string; paused: boolean; goldCorrect: number; goldTotal: number }[];
}

/** A worker's accuracy in each skill, with its 90% posterior interval. */
export function standingInSkills(
  worker: JudgedWorker,
  records: readonly Pick<TypeRecord, 'type' | 'goldCorrect' | 'goldTotal'>[],
  pool: Map<string, GoldTally>,
): SkillStanding[] {
  const policy = policyFor(worker.tier).gold;
  return worker.skills.map(({ skill, paused, goldCorrect, goldTotal }) => {
    const record = records.find(({ type }) => type === skill);
    const correct = record?.goldCorrect ?? goldCorrect;
    const total = record?.goldTotal ?? goldTotal;
    const { mean, lower, upper } = goldPosterior({ correct, total }, poolOf(pool, skill), policy);
    return { skill, paused, correct, total, accuracy: mean, lower, upper };
  });
}

/** Several workers' standing in their skills, by worker id. */
export async function standingsOf(
  workerIds: readonly string[],
  mode: Mode,
  scope: EvidenceScope = null,
): Promise<Map<string, SkillStanding[]>> {
  const [workers, records, pool] = await Promise.all([
    db.worker.findMany({
      where: { id: { in: [...workerIds] }, mode },
      include: { skills: { orderBy: { skill: 'asc' } } },
    }),
    recordsOf(workerIds, scope),
    poolGold(mode, scope),
  ]);
  return new Map(
    workers.map((worker) => {
      const own = records.filter(({ workerId }) => workerId === worker.id);
      return [worker.id, standingInSkills(worker, own, pool)];
    }),
  );
}
