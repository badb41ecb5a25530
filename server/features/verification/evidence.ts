/** Reads the evidence from labelled tasks, by facet; `record-evidence.ts` writes it. */
import type { Mode } from '@/server/platform/actor';
import { clock, onceAnInstant } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db, hotQuery, Prisma } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';
import { together } from '@/server/platform/together';
import { AGENT_VOTERS } from './agent-voter';
import type { Evidence, EvidenceCell, FacetEvidence } from './consensus/evidence-facts';
import type { FittedModels } from './consensus/fitted-models';
import { evidenceOf } from './evidence-of';

/** The scope of evidence. Organizations, types and modes share nothing. */
export interface EvidenceOwner {
  organizationId: string;
  mode: Mode;
  type: string;
}

/** Replaces the organization for evidence from quizzes of built-in types, which belongs to none. */
export const SHARED_SKILLS = '00000000-0000-0000-0000-000000000000';

export interface FacetScope extends EvidenceOwner {
  /** Keys of the facets, from `facetKeysOf`. */
  facets: readonly string[];
  /** Whether the task uses the public pool and a built-in type's own schema, so that quizzes count as well. */
  sharesSkills: boolean;
}

interface FacetFact extends Pick<FacetEvidence, 'pool' | 'calibrator'> {
  models?: Omit<FittedModels, 'workers'>;
}

type FacetFacts = Map<string, FacetFact>;

const NO_POOL = { total: 0, right: 0, squaredError: 0 };

/**
 * The evidence about the voters in these facets. One query, or two if a refit's models judge, plus
 * data cached for half a minute.
 */
export async function loadEvidence(
  scope: FacetScope,
  workerIds: readonly string[],
  classPriors: Readonly<Record<string, readonly number[]>> = {},
): Promise<Evidence> {
  const [facts, voters] = await Promise.all([
    findFacetFacts(scope),
    findCells({ scope, workerIds }),
  ]);
  const fitted = [...facts].flatMap(([facet, { models }]) => (models ? [facet] : []));
  const workers = await findWorkerModels(scope, fitted, workerIds);
  const all = scope.facets.map((facet): [string, FacetEvidence] => {
    const { pool = NO_POOL, calibrator, models } = facts.get(facet) ?? {};
    const classPrior = classPriors[facet];
    const known: FacetEvidence = {
      pool,
      voters: voters[facet] ?? {},
      ...(classPrior ? { classPrior } : {}),
      ...(calibrator ? { calibrator } : {}),
      ...(models ? { models: { ...models, workers: workers[facet] ?? {} } } : {}),
    };
    return [facet, known];
  });
  return evidenceOf(Object.fromEntries(all), workerIds);
}

function keyOf({ organizationId, mode, type, sharesSkills, facets }: FacetScope): string {
  return JSON.stringify([organizationId, mode, type, sharesSkills, facets]);
}

function organizationsOf({ organizationId, sharesSkills }: FacetScope): string[] {
  return sharesSkills ? [organizationId, SHARED_SKILLS] : [organizationId];
}

interface Wanted {
  scope: FacetScope;
  workerIds: readonly string[];
}

/** By facet and worker. */
type Cells = Record<string, Record<string, EvidenceCell[]>>;

/**
 * The cells of workers, and of those requested concurrently: several tasks with the same facets
 * share a statement.
 */
const findCells = together(async (wanted: readonly Wanted[]) => {
  const keys = wanted.map(({ scope }) => keyOf(scope));
  const found = new Map<string, Cells>();
  for (const [n, { scope }] of wanted.entries()) {
    const key = keys[n] ?? '';
    if (found.has(key)) continue;
    const alike = wanted.filter((_, other) => keys[other] === key);
    const workerIds = new Set(alike.flatMap((each) => each.workerIds));
    found.set(key, await readCells(scope, [...workerIds]));
  }
  return keys.map((key): Cells => found.get(key) ?? {});
});

async function readCells(scope: FacetScope, workerIds: readonly string[]): Promise<Cells> {
  const rows = await hotQuery<EvidenceCell & { facet: string; workerId: string }>(Prisma.sql`
    SELECT facet, worker_id::text AS "workerId", truth, said, sum(weight) AS weight,
           sum(squared_error) AS "squaredError"
      FROM evidence_cells
     WHERE organization_id = ANY(${organizationsOf(scope)}::uuid[]) AND mode = ${scope.mode}::mode
       AND type = ${scope.type} AND facet = ANY(${[...scope.facets]}::text[])
       AND worker_id = ANY(${[...workerIds]}::uuid[])
     GROUP BY facet, worker_id, truth, said ORDER BY facet, worker_id, truth, said`);
  const cells: Cells = {};
  for (const { facet, workerId, ...cell } of rows) {
    cells[facet] ??= {};
    const ofFacet = cells[facet];
    ofFacet[workerId] ??= [];
    ofFacet[workerId].push(cell);
  }
  return cells;
}

async function findWorkerModels(
  { organizationId, mode, type }: FacetScope,
  facets: readonly string[],
  workerIds: readonly string[],
): Promise<Record<string, Record<string, { ds: number[]; ebcc: number[] }>>> {
  if (facets.length === 0) return {};
  const rows = await db.workerModel.findMany({
    where: {
      ...{ organizationId, mode, type },
      facet: { in: [...facets] },
      workerId: { in: [...workerIds] },
    },
    select: { facet: true, workerId: true, ds: true, ebcc: true },
  });
  const models: Awaited<ReturnType<typeof findWorkerModels>> = {};
  for (const { facet, workerId, ds, ebcc } of rows) {
    models[facet] ??= {};
    models[facet][workerId] = { ds, ebcc };
  }
  return models;
}

/**
 * Pools, calibrators and models, cached for half a minute: they change slowly, and are sums over
 * all workers.
 */
async function findFacetFacts(scope: FacetScope): Promise<FacetFacts> {
  const standing = onceAnInstant(`facet-facts:${shortKeyOf(scope)}`, () => readFacetFacts(scope));
  return standing ?? recentFacetFacts(scope);
}

const shortKeyOf = (scope: FacetScope) => sha256Hex(keyOf(scope));

/** By the caller's clock, like `recentCrowdFacts`. */
const recentFacetFacts = remembered({
  name: 'verification.facet-facts',
  read: readFacetFacts,
  keyOf: shortKeyOf,
  weightOf: (_, { facets }) => facets.length + 1,
  freshMs: 30_000,
  most: 50_000,
  nowMs: () => clock.nowMs(),
});

async function readFacetFacts(scope: FacetScope): Promise<FacetFacts> {
  const { organizationId, mode, type } = scope;
  const facets = [...scope.facets];
  const rows = await db.$queryRaw<
    {
      facet: string;
      total: number | null;
      right: number | null;
      squaredError: number | null;
      gains: number[] | null;
      labelled: number | null;
      weights: number[] | null;
      dsClasses: number[] | null;
      ebccParts: number[] | null;
    }[]
  >`
    SELECT facet, p.total, p.right, p."squaredError", c.gains, c.labelled,
           m.weights, m.ds_classes AS "dsClasses", m.ebcc_parts AS "ebccParts"
      -- In one order, so that the last digit of a sum is always the same.
      FROM (SELECT facet, sum(weight ORDER BY worker_id, truth, said) AS total,
                   coalesce(sum(weight ORDER BY worker_id, truth, said) FILTER (WHERE truth = said), 0)
                     AS right,
                   sum(squared_error ORDER BY worker_id, truth, said) AS "squaredError"
              FROM evidence_cells
             WHERE organization_id = ANY(${organizationsOf(scope)}::uuid[])
               AND mode = ${mode}::mode AND type = ${type} AND facet = ANY(${facets}::text[])
               AND worker_id <> ALL(${AGENT_VOTERS}::uuid[])
             GROUP BY facet) p
      FULL JOIN (SELECT facet, gains, labelled FROM facet_calibrators
                  WHERE organization_id = ${organizationId}::uuid AND mode = ${mode}::mode
                    AND type = ${type} AND facet = ANY(${facets}::text[])) c USING (facet)
      FULL JOIN (SELECT facet, weights, ds_classes, ebcc_parts FROM facet_models
                  WHERE organization_id = ${organizationId}::uuid AND mode = ${mode}::mode
                    AND type = ${type} AND facet = ANY(${facets}::text[])) m USING (facet)`;
  return new Map(
    rows.map(({ facet, total, right, squaredError, gains, labelled, ...models }) => [
      facet,
      {
        pool: { total: total ?? 0, right: right ?? 0, squaredError: squaredError ?? 0 },
        ...(gains && labelled ? { calibrator: { gains, labelled } } : {}),
        ...modelsIn(models),
      },
    ]),
  );
}

function modelsIn(row: {
  weights: number[] | null;
  dsClasses: number[] | null;
  ebccParts: number[] | null;
}): Pick<FacetFact, 'models'> {
  const { weights, dsClasses, ebccParts } = row;
  if (!weights || !dsClasses || !ebccParts) return {};
  const [gnb = 1, ds = 0, ebcc = 0] = weights;
  return { models: { weights: { gnb, ds, ebcc }, dsClasses, ebccParts } };
}
