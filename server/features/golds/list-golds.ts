import type { Gold as GoldRow } from '@/prisma/generated/client';
import { getTaskType } from '@/server/features/task-types';
import { goldHealth, shareRight } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { decodeCursor } from '@/server/platform/cursor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { visibleTo } from './access';
import type { Gold, GoldList, GoldResource } from './schema';

const GOLDS_SHOWN_MAX = 2_000;

/**
 * The golds of a type that are the organization's own, with how they fare; newest first.
 * @throws NotFound where there are none, and no such type.
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
  const told = await answersOf(rows.map(({ id }) => id));
  return { golds: rows.map((row) => goldOf(row, told.get(row.id) ?? NOTHING)), shipped };
}

/**
 * A page of the organization's own golds of a type, the newest first; retired ones too.
 * @throws NotFound where there is no such type
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
  answers: { correct: boolean; accuracy: number }[];
  raised: number;
  overturned: number;
}

const NOTHING: Told = { answers: [], raised: 0, overturned: 0 };

/** What workers answered to golds, each with how often that worker is right elsewhere. */
async function answersOf(goldIds: readonly string[]): Promise<Map<string, Told>> {
  if (goldIds.length === 0) return new Map();
  const rows = await db.$queryRaw<
    { goldId: string; correct: boolean; accuracy: number; appeal: string | null }[]
  >`
    SELECT t.gold_id AS "goldId",
           coalesce((v.details -> 'gold' ->> 'correct')::boolean, false) AS correct,
           ((coalesce(r.gold_correct, 0) + 3.0) / (coalesce(r.gold_total, 0) + 4.0))::float AS accuracy,
           p.status::text AS appeal
      FROM tasks t
      JOIN answers a ON a.task_id = t.id AND a.status <> 'pending'
      JOIN verdicts v ON v.answer_id = a.id AND v.stage = 'gold' AND v.verdict IN ('pass', 'reject')
      LEFT JOIN worker_type_records r ON r.worker_id = a.worker_id
       AND r.organization_id = t.organization_id AND r.type = a.type
      LEFT JOIN appeals p ON p.answer_id = a.id
     WHERE t.gold_id = ANY(${[...goldIds]}::uuid[])`;
  const byGold = new Map<string, Told>();
  for (const { goldId, correct, accuracy, appeal } of rows) {
    const told = byGold.get(goldId) ?? { answers: [], raised: 0, overturned: 0 };
    told.answers.push({ correct, accuracy });
    if (appeal) told.raised += 1;
    if (appeal === 'upheld') told.overturned += 1;
    byGold.set(goldId, told);
  }
  return byGold;
}

function goldOf(row: GoldRow, told: Told): Gold {
  const tally = { correct: row.correct, total: row.served };
  const { mean, lower, upper } = shareRight(tally);
  const health = goldHealth(told.answers, { raised: told.raised, overturned: told.overturned });
  const isTold = health.state !== 'unknown';
  return {
    id: row.id,
    type: row.type,
    payload: row.payload as Record<string, unknown>,
    expectedOutput: row.expectedOutput,
    explanation: row.explanation,
    quiz: row.quiz,
    retiredAt: row.retiredAt,
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
