import type { Gold as GoldRow } from '@/prisma/generated/client';
import { getTaskType, resolveTaskType, type TaskTypeName } from '@/server/features/task-types';
import {
  type GoldAnswer,
  type GoldFault,
  goldHealth,
  type PolicyOverrides,
  policyFor,
  shareRight,
} from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { decodeCursor } from '@/server/platform/cursor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { visibleTo } from './access';
import type { Gold, GoldList, GoldResource } from './schema';

const GOLDS_SHOWN_MAX = 2_000;

type GoldPolicy = ReturnType<typeof policyFor>['gold'];

/**
 * The organization's own golds of a type with their health, newest first.
 * @throws NotFound if there are none and the type does not exist.
 */
export async function listGolds(actor: Actor, type: string): Promise<GoldList> {
  const own = visibleTo(actor);
  const [rows, shipped] = await Promise.all([
    db.gold.findMany({
      where: { ...own, type },
      orderBy: [{ retiredAt: { sort: 'asc', nulls: 'first' } }, { id: 'desc' }],
      take: GOLDS_SHOWN_MAX,
    }),
    db.gold.count({ where: { organizationId: null, type, retiredAt: null } }),
  ]);
  if (rows.length === 0 && shipped === 0) await getTaskType(actor, type);
  const [told, policy] = await Promise.all([
    answersOf(rows.map(({ id }) => id)),
    policyOf({ ...own, type }),
  ]);
  return { golds: rows.map((row) => goldOf(row, told.get(row.id) ?? NOTHING, policy)), shipped };
}

/** The gold policy of a type. */
export async function policyOf(type: TaskTypeName): Promise<GoldPolicy> {
  const saved = await resolveTaskType(type);
  return policyFor(saved?.riskTier ?? 'medium', (saved?.policy ?? {}) as PolicyOverrides).gold;
}

/**
 * A page of the organization's own golds of a type, newest first, including retired ones.
 * @throws NotFound if the type does not exist.
 */
export async function pageOfGolds(
  actor: Actor,
  type: string,
  query: { limit: number; after?: string | undefined },
): Promise<Page<GoldResource>> {
  const after = decodeCursor(query.after);
  await getTaskType(actor, type);
  const rows = await db.gold.findMany({
    where: { ...visibleTo(actor), type, ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return pageOf(rows, query.limit, renderGold);
}

/** @throws NotFound */
export async function getGold(actor: Actor, type: string, id: string): Promise<GoldResource> {
  const row = isUuid(id)
    ? await db.gold.findFirst({ where: { ...visibleTo(actor), type, id } })
    : null;
  if (!row) throw new NotFound('gold', id);
  return renderGold(row);
}

function renderGold(row: GoldRow): GoldResource {
  return {
    object: 'gold',
    id: row.id,
    type: row.type,
    payload: row.payload as Record<string, unknown>,
    expected_output: row.expectedOutput,
    explanation: row.explanation,
    quiz: row.quiz,
    served: row.served,
    correct: row.correct,
    retired_at: row.retiredAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

interface Told {
  answers: GoldAnswer[];
  overturned: number;
}

export const NOTHING: Told = { answers: [], overturned: 0 };

/**
 * Workers' answers to golds since they were last vouched for, with each worker's record on other
 * golds.
 */
export async function answersOf(goldIds: readonly string[]): Promise<Map<string, Told>> {
  if (goldIds.length === 0) return new Map();
  const rows = await db.$queryRaw<
    {
      goldId: string;
      correct: boolean;
      othersCorrect: number;
      othersTotal: number;
      /** Upheld by a decision, not by timeout. */
      overturned: boolean | null;
    }[]
  >`
    SELECT t.gold_id AS "goldId",
           coalesce((v.details -> 'gold' ->> 'correct')::boolean, false) AS correct,
           greatest(0, coalesce(r.gold_correct, 0) - CASE
             WHEN p.status = 'upheld' THEN (p.decided_by <> 'time')::int
             WHEN NOT g.withdrawn AND v.verdict = 'pass' THEN 1 ELSE 0 END)::int AS "othersCorrect",
           greatest(0, coalesce(r.gold_total, 0) - CASE
             WHEN p.status = 'upheld' THEN (p.decided_by <> 'time')::int
             WHEN g.withdrawn THEN 0 ELSE 1 END)::int AS "othersTotal",
           p.status = 'upheld' AND p.decided_by <> 'time' AS overturned
      FROM tasks t
      JOIN golds g ON g.id = t.gold_id
      JOIN answers a ON a.task_id = t.id AND a.status <> 'pending'
      JOIN verdicts v ON v.answer_id = a.id AND v.stage = 'gold' AND v.verdict IN ('pass', 'reject')
      LEFT JOIN worker_type_records r ON r.worker_id = a.worker_id
       AND r.organization_id = t.organization_id AND r.type = a.type
      LEFT JOIN appeals p ON p.answer_id = a.id
     WHERE t.gold_id = ANY(${[...goldIds]}::uuid[])
       AND (g.vouched_at IS NULL OR a.judged_at > g.vouched_at)`;
  const byGold = new Map<string, Told>();
  for (const { goldId, correct, othersCorrect, othersTotal, overturned } of rows) {
    const told = byGold.get(goldId) ?? { answers: [], overturned: 0 };
    told.answers.push({ correct, others: { correct: othersCorrect, total: othersTotal } });
    if (overturned) told.overturned += 1;
    byGold.set(goldId, told);
  }
  return byGold;
}

export function goldOf(row: GoldRow, told: Told, policy: GoldPolicy): Gold {
  const tally = { correct: row.correct, total: row.served };
  const { mean, lower, upper } = shareRight(tally);
  const health = goldHealth(told.answers, told.overturned, policy);
  const isTold = health.state !== 'unknown';
  return {
    id: row.id,
    type: row.type,
    payload: row.payload as Record<string, unknown>,
    expectedOutput: row.expectedOutput,
    explanation: row.explanation,
    quiz: row.quiz,
    retiredAt: row.retiredAt,
    retiredFor: row.retiredFor as GoldFault | null,
    withdrawn: row.withdrawn,
    vouchedAt: row.vouchedAt,
    createdAt: row.createdAt,
    health: {
      served: row.served,
      correct: row.correct,
      share: mean,
      lower,
      upper,
      discrimination: isTold ? health.discrimination : null,
      agreementOfBest: isTold ? health.agreementOfBest : null,
      overturned: told.overturned,
      state: health.state,
    },
  };
}
