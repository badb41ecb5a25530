/** The nightly refit: models of a type's votes, weighed by labelled tasks, for the judge to use. */
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import { UNKNOWN } from './consensus/gold-naive-bayes';
import { LABELLED_MIN, type Refit, type refitFacet } from './consensus/refit';
import type { EvidenceOwner } from './evidence';
import type { FacetVotes, readVotes } from './read-votes';
import { sampleAnswers } from './sample-answers';

const readThere = threadCall<typeof readVotes>('verification/read-votes', { limitMs: 10_000 });
const refitThere = threadCall<typeof refitFacet>('verification/refit', { limitMs: 20_000 });

/** A type is refitted at most once a day, and only if a task was labelled since. */
const REST_MS = 20 * 3_600_000;
const TYPES_MAX = 300;
/** Maximum facets of one type per night; the others are refitted the next night. */
const FACETS_MAX = 20;
const LABELLED_MAX = 5_000;
const HISTORY_MAX = 30;

/**
 * The types to refit: each organization's first, the longest unfitted, then each one's second, so
 * that an organization with many types does not block the others.
 */
export async function listDueTypes(): Promise<EvidenceOwner[]> {
  const before = new Date(clock.nowMs() - REST_MS);
  return db.$queryRaw<EvidenceOwner[]>`
    SELECT organization_id AS "organizationId", mode, type
      FROM (SELECT l.organization_id, l.mode, l.type, r.fitted_at,
                   row_number() OVER (PARTITION BY l.organization_id
                                      ORDER BY r.fitted_at NULLS FIRST, l.type, l.mode) AS turn
              FROM (SELECT organization_id, mode, type, count(*) AS labelled,
                           max(recorded_at) AS labelled_at
                      FROM labelled_tasks GROUP BY organization_id, mode, type) l
              LEFT JOIN (SELECT organization_id, mode, type, max(created_at) AS fitted_at
                           FROM model_refits GROUP BY organization_id, mode, type) r
                     USING (organization_id, mode, type)
             WHERE l.labelled >= ${LABELLED_MIN}
               AND (r.fitted_at IS NULL OR r.fitted_at < least(${before}, l.labelled_at))) due
     ORDER BY turn, fitted_at NULLS FIRST, organization_id
     LIMIT ${TYPES_MAX}`;
}

/** Refits a type's facets; returns their number. Runs in threads, one facet at a time. */
export async function refitType(owner: EvidenceOwner): Promise<number> {
  const sample = await sampleAnswers(owner);
  if (sample.length === 0) return 0;
  const [votes, truths, fittedAt] = await Promise.all([
    unlessTooCostly(readThere(sample), () => []),
    findTruths(owner),
    findLastRefits(owner),
  ]);
  const due = votes
    .sort((a, b) => (fittedAt.get(a.key) ?? 0) - (fittedAt.get(b.key) ?? 0))
    .slice(0, FACETS_MAX);
  let done = 0;
  for (const { key, table } of due) {
    const truth = truthOf(table, truths.get(key));
    const refit = await unlessTooCostly(refitThere(table, truth), () => null);
    if (!refit) continue;
    await recordRefit(owner, key, refit);
    done += 1;
  }
  return done;
}

function truthOf({ tasks }: FacetVotes['table'], known: ReadonlyMap<string, number> | undefined) {
  return Int32Array.from(tasks, (task) => known?.get(task) ?? UNKNOWN);
}

/** By facet and question, the index of the true label. */
async function findTruths(owner: EvidenceOwner): Promise<Map<string, Map<string, number>>> {
  const { organizationId, mode, type } = owner;
  const rows = await db.labelledTask.findMany({
    where: { organizationId, mode, type },
    orderBy: { recordedAt: 'desc' },
    take: LABELLED_MAX,
    select: { taskId: true, goldId: true, facets: true, truths: true },
  });
  const byFacet = new Map<string, Map<string, number>>();
  for (const { taskId, goldId, facets, truths } of rows) {
    for (const [i, facet] of facets.entries()) {
      const known = byFacet.get(facet) ?? new Map<string, number>();
      known.set(goldId ?? taskId, truths[i] ?? UNKNOWN);
      byFacet.set(facet, known);
    }
  }
  return byFacet;
}

async function findLastRefits(owner: EvidenceOwner): Promise<Map<string, number>> {
  const { organizationId, mode, type } = owner;
  const rows = await db.modelRefit.groupBy({
    by: ['facet'],
    where: { organizationId, mode, type },
    _max: { createdAt: true },
  });
  return new Map(rows.map(({ facet, _max }) => [facet, _max.createdAt?.getTime() ?? 0]));
}

/** Writes the chosen models to the history, and replaces the current ones. */
async function recordRefit(owner: EvidenceOwner, facet: string, refit: Refit): Promise<void> {
  const { organizationId, mode, type } = owner;
  const key = { organizationId, mode, type, facet };
  const { weights, scores, tasks, votes, labelled, models } = refit;
  await transaction(async (tx) => {
    await tx.modelRefit.create({
      data: {
        ...key,
        ...{ id: newId(), tasks, votes, labelled, createdAt: clock.now() },
        ...{ gnbWeight: weights.gnb, dsWeight: weights.ds, ebccWeight: weights.ebcc },
        ...{ gnbScore: scores.gnb, dsScore: scores.ds, ebccScore: scores.ebcc },
      },
    });
    const old = await tx.modelRefit.findMany({
      where: key,
      orderBy: { createdAt: 'desc' },
      skip: HISTORY_MAX,
      select: { id: true },
    });
    await tx.modelRefit.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
    await tx.workerModel.deleteMany({ where: key });
    await tx.facetModel.deleteMany({ where: key });
    if (!models) return;
    await tx.facetModel.create({
      data: {
        ...key,
        weights: [weights.gnb, weights.ds, weights.ebcc],
        dsClasses: [...models.dsClasses],
        ebccParts: [...models.ebccParts],
        fittedAt: clock.now(),
      },
    });
    await tx.workerModel.createMany({
      data: Object.entries(models.workers).map(([workerId, { ds, ebcc }]) => ({
        ...key,
        workerId,
        ds: [...ds],
        ebcc: [...ebcc],
      })),
    });
  });
}
