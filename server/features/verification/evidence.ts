/** Reads what labelled tasks showed, facet by facet; `record-evidence.ts` writes it. */
import type { Mode } from '@/server/platform/actor';
import { clock, onceAnInstant } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { LruCache } from '@/server/platform/lru-cache';
import { processWide } from '@/server/platform/process-wide';
import type { Evidence, EvidenceCell, FacetEvidence } from './stage';

/** Whose evidence it is. Two organizations share nothing, nor do two types or modes. */
export interface EvidenceOwner {
  organizationId: string;
  mode: Mode;
  type: string;
}

/** In place of an organization: what quizzes of the shipped types showed. It is nobody's own. */
export const SHARED_SKILLS = '00000000-0000-0000-0000-000000000000';

export interface FacetScope extends EvidenceOwner {
  /** Keys of the facets, as `facetKeysOf` gives them. */
  facets: readonly string[];
  /** The task asks the public with a shipped type's own schema, so that quizzes count as well. */
  sharesSkills: boolean;
}

type FacetFacts = Map<string, Pick<FacetEvidence, 'pool' | 'calibrator'>>;

const FRESH_MS = 30_000;
const FACETS_KEPT = 50_000;
const NO_POOL = { total: 0, right: 0, squaredError: 0 };

/** What is known of the voters in these facets. One query, besides what is kept for half a minute. */
export async function loadEvidence(
  scope: FacetScope,
  workerIds: readonly string[],
  classPriors: Readonly<Record<string, readonly number[]>> = {},
): Promise<Evidence> {
  const [facts, voters] = await Promise.all([findFacetFacts(scope), findCells(scope, workerIds)]);
  return Object.fromEntries(
    scope.facets.flatMap((facet) => {
      const { pool = NO_POOL, calibrator } = facts.get(facet) ?? {};
      const classPrior = classPriors[facet];
      const known: FacetEvidence = {
        pool,
        voters: voters[facet] ?? {},
        ...(classPrior ? { classPrior } : {}),
        ...(calibrator ? { calibrator } : {}),
      };
      const isEmpty = pool.total === 0 && !calibrator && !classPrior;
      return isEmpty ? [] : [[facet, known] as const];
    }),
  );
}

function organizationsOf({ organizationId, sharesSkills }: FacetScope): string[] {
  return sharesSkills ? [organizationId, SHARED_SKILLS] : [organizationId];
}

/** The cells of workers, by facet and worker. */
async function findCells(
  scope: FacetScope,
  workerIds: readonly string[],
): Promise<Record<string, Record<string, EvidenceCell[]>>> {
  const rows = await db.$queryRaw<(EvidenceCell & { facet: string; workerId: string })[]>`
    SELECT facet, worker_id AS "workerId", truth, said, sum(weight) AS weight,
           sum(squared_error) AS "squaredError"
      FROM evidence_cells
     WHERE organization_id = ANY(${organizationsOf(scope)}::uuid[]) AND mode = ${scope.mode}::mode
       AND type = ${scope.type} AND facet = ANY(${[...scope.facets]}::text[])
       AND worker_id = ANY(${[...workerIds]}::uuid[])
     GROUP BY facet, worker_id, truth, said`;
  const cells: Record<string, Record<string, EvidenceCell[]>> = {};
  for (const { facet, workerId, ...cell } of rows) {
    cells[facet] ??= {};
    const ofFacet = cells[facet];
    ofFacet[workerId] ??= [];
    ofFacet[workerId].push(cell);
  }
  return cells;
}

/** Pools and calibrators, kept for half a minute: they move slowly, and are sums over all workers. */
async function findFacetFacts(scope: FacetScope): Promise<FacetFacts> {
  const { organizationId, mode, type, facets, sharesSkills } = scope;
  const cache = keptFacts();
  const key = sha256Hex(JSON.stringify([organizationId, mode, type, sharesSkills, facets]));
  const standing = onceAnInstant(`facet-facts:${key}`, () => readFacetFacts(scope));
  if (standing !== null) return standing;
  const kept = cache.get(key);
  const ageMs = kept ? clock.nowMs() - kept.at : Number.NaN;
  if (kept && ageMs >= 0 && ageMs < FRESH_MS) return kept.facts;
  const at = clock.nowMs();
  const facts = await readFacetFacts(scope);
  cache.set(key, { at, facts }, facets.length + 1);
  return facts;
}

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
    }[]
  >`
    SELECT facet, p.total, p.right, p."squaredError", c.gains, c.labelled
      FROM (SELECT facet, sum(weight) AS total,
                   coalesce(sum(weight) FILTER (WHERE truth = said), 0) AS right,
                   sum(squared_error) AS "squaredError"
              FROM evidence_cells
             WHERE organization_id = ANY(${organizationsOf(scope)}::uuid[])
               AND mode = ${mode}::mode AND type = ${type} AND facet = ANY(${facets}::text[])
             GROUP BY facet) p
      FULL JOIN (SELECT facet, gains, labelled FROM facet_calibrators
                  WHERE organization_id = ${organizationId}::uuid AND mode = ${mode}::mode
                    AND type = ${type} AND facet = ANY(${facets}::text[])) c USING (facet)`;
  return new Map(
    rows.map(({ facet, total, right, squaredError, gains, labelled }) => [
      facet,
      {
        pool: { total: total ?? 0, right: right ?? 0, squaredError: squaredError ?? 0 },
        ...(gains && labelled ? { calibrator: { gains, labelled } } : {}),
      },
    ]),
  );
}

function keptFacts() {
  return processWide(
    'verification.facet-facts',
    () => new LruCache<{ at: number; facts: FacetFacts }>(FACETS_KEPT),
  );
}
