import type { WorkerTypeRecord } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { goldPosterior } from './gold-posterior';
import { policyFor } from './policy';
import type { SkillStanding } from './schema';
import type { GoldTally } from './stage';

/** What the workers of a mode have shown together, by type. */
export async function poolGold(mode: Mode): Promise<Map<string, GoldTally>> {
  const rows = await db.$queryRaw<(GoldTally & { type: string })[]>`
    SELECT r.type, sum(r.gold_correct)::int AS correct, sum(r.gold_total)::int AS total
      FROM worker_type_records r JOIN workers w ON w.id = r.worker_id
     WHERE w.mode = ${mode}::mode
     GROUP BY r.type`;
  return new Map(rows.map(({ type, correct, total }) => [type, { correct, total }]));
}

export function poolOf(pool: Map<string, GoldTally>, skill: string): GoldTally {
  return pool.get(skill) ?? { correct: 0, total: 0 };
}

interface JudgedWorker {
  tier: Parameters<typeof policyFor>[0];
  skills: readonly { skill: string; paused: boolean; goldCorrect: number; goldTotal: number }[];
}

/** A worker's accuracy in each skill, with the interval that holds 90 % of its posterior. */
export function standingInSkills(
  worker: JudgedWorker,
  records: readonly Pick<WorkerTypeRecord, 'type' | 'goldCorrect' | 'goldTotal'>[],
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

/** The standing in their skills of several workers of a mode, by their ids. */
export async function standingsOf(
  workerIds: readonly string[],
  mode: Mode,
): Promise<Map<string, SkillStanding[]>> {
  const [workers, records, pool] = await Promise.all([
    db.worker.findMany({
      where: { id: { in: [...workerIds] }, mode },
      include: { skills: { orderBy: { skill: 'asc' } } },
    }),
    db.workerTypeRecord.findMany({ where: { workerId: { in: [...workerIds] } } }),
    poolGold(mode),
  ]);
  return new Map(
    workers.map((worker) => {
      const own = records.filter(({ workerId }) => workerId === worker.id);
      return [worker.id, standingInSkills(worker, own, pool)];
    }),
  );
}
