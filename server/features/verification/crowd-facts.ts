import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { labelOf } from './consensus/fields';
import type { GoldTally, Json, JsonObject, TypeStats } from './stage';
import { typeStatsOf } from './type-stats';

/** What is known of one organization's type: its answers and its workers as a whole. */
export interface CrowdFacts {
  typeStats: TypeStats;
  poolGold: GoldTally;
}

const SAMPLE = 300;
const FRESH_MS = 30_000;
const TYPES_KEPT = 500;

const cache = new Map<string, { at: number; facts: CrowdFacts }>();

/**
 * The statistics of an organization's type, from its latest accepted answers; kept for half a minute.
 * Two organizations that use one type name share nothing. Golds are left out, since their answers were chosen and only right ones are accepted: they count as evidence of
 * accuracy, once.
 */
export async function findCrowdFacts(
  { organizationId, mode, type }: { organizationId: string; mode: Mode; type: string },
  outputSchema: JsonObject,
): Promise<CrowdFacts> {
  const key = `${organizationId}:${mode}:${type}`;
  const kept = cache.get(key);
  if (kept && clock.nowMs() - kept.at < FRESH_MS) return kept.facts;
  const answers = await db.answer.findMany({
    where: { organizationId, mode, type, status: 'accepted', task: { goldId: null } },
    orderBy: { id: 'desc' },
    take: SAMPLE,
    select: { elapsedMs: true, output: true },
  });
  const [gold] = await db.$queryRaw<{ correct: number; total: number }[]>`
    SELECT coalesce(sum(r.gold_correct), 0)::int AS correct,
           coalesce(sum(r.gold_total), 0)::int AS total
      FROM worker_type_records r JOIN workers w ON w.id = r.worker_id
     WHERE r.organization_id = ${organizationId}::uuid AND r.type = ${type}
       AND w.mode = ${mode}::mode`;
  const facts: CrowdFacts = {
    typeStats: typeStatsOf(
      answers.map(({ elapsedMs, output }) => ({
        elapsedMs,
        label: labelOf(outputSchema, output as Json),
      })),
    ),
    poolGold: gold ?? { correct: 0, total: 0 },
  };
  if (cache.size >= TYPES_KEPT) cache.clear();
  cache.set(key, { at: clock.nowMs(), facts });
  return facts;
}
